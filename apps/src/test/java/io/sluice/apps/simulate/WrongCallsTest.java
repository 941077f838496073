package io.sluice.apps.simulate;

import io.sluice.apps.cli.Console;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing runs on a guess: what makes no sense is named, with the choices. */
class WrongCallsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --workload semantic --policy lifo              | unknown ordering policy 'lifo'
                    --workload semantic --policy sjf,sjf           | names a policy twice
                    --workload semantic --seeds 4-1                | must go up
                    --workload semantic --gap -1                   | --gap is -1.0 s
                    --workload semantic --setting A5000_7B         | A5000_7B cannot run
                    --workload semantic --processing parallel      | choose continuous, closed-batch or sequential
                    --workload semantic --preemption perhaps       | unknown preemption policy 'perhaps'
                    --workload semantic --synthetic                | either --workload or a trace
                    --workload gossip                              | choose semantic, k-lpm, ltr-burst, ltr-synthetic or workflows
                    --workload k-lpm --rate 3 --policy lpm --tie x | tie: 'x'
                    --workload k-lpm --rate 3 --policy k-lpm:k=0   | k: '0'
                    --workload k-lpm                               | needs --rate
                    --workload k-lpm --rate 3 --prefix 1/2         | write three lengths
                    --instances 2                                  | nothing to simulate
                    --synthetic --routing nearest                  | unknown routing policy 'nearest'
                    --synthetic --prediction noisy:2               | tau must be above 0
                    --synthetic --prediction perfect               | choose exact, none, recorded
                    --workload semantic --length-error half        | --length-error is 'half'
                    --workload semantic --processing closed-batch --preemption always | closed
                    --workload semantic --policy lpm               | goes by shared prefixes
                    --synthetic --sweep rate                       | such as rate=1,2,4
                    --synthetic --sweep rate=1,fast                | --sweep at {rate=fast}
                    --synthetic --sweep rte=1                      | --rte
                    --workload workflows --layers few              | --layers is 'few'
                    --workload ltr-synthetic --answers 0           | --answers is 0
                    --workload ltr-synthetic --within -5           | --within is -5.0 s
                    --workload ltr-synthetic --tau 0               | tau is 0.0
                    --workload ltr-burst --tau 1.5                 | tau is 1.5
                    --synthetic --policy sjf:speed=3               | choose among max-overtake
                    --synthetic --fairness vtc:weights=a=-2        | weight of tenant 'a' must be above 0
                    --synthetic --seeds ,                          | --seeds: '' is no seed; write 0-4
                    --synthetic --seeds=                           | --seeds: '' is no seed; write 0-4
                    --synthetic --seeds 99999999999999999999       | --seeds: '99999999999999999999' is no seed
                    --synthetic --policy=                          | --policy '' has an empty place
                    --synthetic --policy fcfs,,sjf                 | --policy 'fcfs,,sjf' has an empty place
                    --synthetic --setting=                         | --setting '' has an empty place
                    --synthetic --setting A100_4B,                 | --setting 'A100_4B,' has an empty place
                    --synthetic --batch 0                          | --batch is 0, must be 1 or more
                    --synthetic --policy fcfs --tie random         | --tie goes with --policy lpm or k-lpm, not with --policy fcfs
                    --workload semantic --processing sequential --tie random | --tie goes with --policy lpm or k-lpm
                    --workload k-lpm --rate 3 --prefix-cache -1    | --prefix-cache is -1, must be 0 or more
                    --synthetic --sweep colour=1,2                 | --sweep cannot vary --colour; choose one of admission, answers, arrivals
                    --synthetic --sweep report=a,b                 | --sweep cannot vary --report
                    --synthetic --sweep warm-up=1,2                | --sweep cannot vary --warm-up
                    --synthetic --text-blocks 0                    | --text-blocks is 0
                    --synthetic --threads 0                        | --threads is 0
                    --synthetic --warm-up -1                       | --warm-up is -1
                    --synthetic --sweep strict=a,b                 | --sweep cannot vary --strict
                    --synthetic --sweep rate=1,2 --sweep rate=3    | names rate twice
                    --synthetic --html none/page.html              | there is no folder
                    --synthetic --report none/report.json          | there is no folder
                    --synthetic --csv .                            | that is a folder
                    --synthetic --requests 50                      | --requests goes with --workload ltr-burst or ltr-synthetic, not with a trace
                    --synthetic --processing sequential            | goes with --workload semantic; choose continuous
                    --synthetic --processing parallel              | choose continuous, closed-batch or sequential
                    --workload semantic --within 5                 | --within goes with --workload ltr-synthetic, not with --workload semantic
                    --workload ltr-burst --answers 5               | --answers goes with --workload ltr-synthetic
                    --workload k-lpm --rate 3 --gap 1              | --gap goes with --workload semantic, not with --workload k-lpm
                    --workload semantic --rate 5                   | --rate goes with --trace or --synthetic, --workload k-lpm or workflows
                    --workload semantic --slo *:ttft=1s            | --slo goes with --trace or --synthetic
                    --workload semantic --prediction noisy:0.5     | --prediction goes with --trace or --synthetic
                    --workload semantic --processing sequential --instances 2 | --instances goes with --processing continuous
                    --workload ltr-burst --sweep gap=1,2           | --sweep at {gap=1}: --gap goes with
                    --synthetic --instances 0                      | --instances is 0
                    """)
    void whatMakesNoSenseIsSaid(String arguments, String message) {
        Console console = Console.run(("simulate " + arguments).split(" "));
        assertThat(console.code()).isEqualTo(2);
        assertThat(String.join("\n", console.err())).contains(message);
        assertThat(console.out()).isEmpty();
    }
}
