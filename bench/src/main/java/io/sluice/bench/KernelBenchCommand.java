package io.sluice.bench;

import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Prints a table of what the kernel's queues cost under each policy. */
@Command(
        name = "bench-kernel",
        description =
                "Measure what one request costs a lane, by policy and by how many wait: nanoseconds and bytes.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "ns         processor time for one request that comes and one that is sent, the median of the iterations",
            "ratio      to a java.util.PriorityQueue by submission, measured in the same call",
            "ns in job  with what the job does besides: asking after each event for the lane's state",
            "B own      heap of the lane's own structures for each request that waits",
            "B whole    that and the request itself",
            "",
            "A depth of 1,000,000 needs a heap of 4 GB, which is the default; SLUICE_JAVA_OPTS=-Xmx... changes it."
        })
public final class KernelBenchCommand implements Callable<Integer> {

    @Option(
            names = "--depth",
            split = ",",
            paramLabel = "N",
            description = "Requests that wait (default: 100,10000,100000,1000000).")
    private List<Integer> depths = List.of(100, 10_000, 100_000, 1_000_000);

    @Option(
            names = "--policy",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Only what has one of these orders, ways to be fair or ways to interrupt runs (default: all).")
    private List<String> policies = List.of();

    @Option(
            names = "--short",
            description =
                    "A first look: two seconds for each figure instead of seven, and no process of its own.")
    private boolean brief;

    @Spec private CommandSpec spec;

    /** Runs the benchmark and exits: 2 when it was called wrongly. */
    public static void main(String[] arguments) {
        // The launcher passes the name of the command first, as it does to jars with many.
        boolean named = arguments.length > 0 && arguments[0].equals("bench-kernel");
        String[] options = Stream.of(arguments).skip(named ? 1 : 0).toArray(String[]::new);
        System.exit(new CommandLine(new KernelBenchCommand()).execute(options));
    }

    @Override
    public Integer call() throws RunnerException {
        List<Scenario> scenarios = chosen();
        if (depths.isEmpty() || depths.stream().anyMatch(depth -> depth < 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--depth must be 1 or more, got " + depths);
        }
        KernelBench bench = new KernelBench(brief ? Effort.SHORT : Effort.FULL);
        PrintWriter out = spec.commandLine().getOut();
        out.println(Measurement.header());
        for (Scenario scenario : scenarios) {
            for (int depth : depths) {
                out.println(bench.measure(scenario, depth).row());
                out.flush();
            }
        }
        for (int depth : depths) {
            out.printf("PriorityQueue at %,d: %.0f ns%n", depth, bench.plainNanos(depth));
        }
        out.flush();
        return 0;
    }

    private List<Scenario> chosen() {
        List<Scenario> all = Scenario.all();
        for (String policy : policies) {
            if (all.stream().noneMatch(scenario -> scenario.names(policy))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "unknown policy '%s'; choose among %s"
                                .formatted(policy, String.join(", ", names(all))));
            }
        }
        return all.stream()
                .filter(
                        scenario ->
                                policies.isEmpty() || policies.stream().anyMatch(scenario::names))
                .toList();
    }

    private static Set<String> names(List<Scenario> scenarios) {
        Set<String> names = new TreeSet<>();
        for (Scenario scenario : scenarios) {
            Stream.of(scenario.ordering(), scenario.fairness(), scenario.preemption())
                    .map(Scenario::nameOf)
                    .forEach(names::add);
        }
        return names;
    }
}
