package io.sluice.apps.simulate.evaluate;

import io.sluice.apps.simulate.StudyCall;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A trace and what is tried on it.
 *
 * @param name what it is called on a command line
 * @param title what it is
 * @param file the trace, below the folder of traces
 * @param options of {@code simulate}, but for the trace itself
 * @param contenders what is compared; {@link Contender#FCFS} comes first
 */
record Scenario(
        String name, String title, String file, List<String> options, List<Contender> contenders) {

    /**
     * So few at once that what waits does so in the lanes, where policies order it, and not in the
     * engines.
     */
    private static final List<String> FLEET =
            List.of("--setting", "RTXPRO6000_8B", "--instances", "2", "--batch", "32");

    private static final String CHAT_TARGETS =
            "P0:ttft=1s,tpot=100ms,deadline=60s;P2:ttft=3s,tpot=100ms,deadline=90s;*:ttft=10s,tpot=100ms,deadline=120s";

    private static final String LONG_TARGETS =
            "P0:ttft=10s,tpot=200ms,deadline=120s;P2:ttft=20s,tpot=200ms,deadline=180s;*:ttft=40s,tpot=200ms,deadline=240s";

    private static final String CLASSES = "P0=0.2,P2=0.3,P4=0.5";

    /** All scenarios, in the order of the page. */
    static final List<Scenario> ALL =
            List.of(
                    new Scenario(
                            "azure-conv",
                            "Azure 2023, conversation",
                            "azure2023/AzureLLMInferenceTrace_conv.csv.gz",
                            options("recorded", CHAT_TARGETS, "3000"),
                            orders()),
                    new Scenario(
                            "azure-code",
                            "Azure 2023, code",
                            "azure2023/AzureLLMInferenceTrace_code.csv.gz",
                            options("recorded", CHAT_TARGETS, "3000"),
                            orders()),
                    new Scenario(
                            "mooncake",
                            "Mooncake, conversation (long prompts with shared prefixes)",
                            "mooncake/conversation_trace.jsonl.gz",
                            options("spread", LONG_TARGETS, "3000"),
                            withPrefixes()),
                    new Scenario(
                            "arena",
                            "LMSYS Arena, 27 tenants",
                            "lmsys_arena/arena_real_trace.csv.gz",
                            options("recorded", CHAT_TARGETS, "955"),
                            withTurns()));

    private static List<String> options(String arrivals, String targets, String limit) {
        List<String> options = new ArrayList<>(FLEET);
        options.addAll(List.of("--arrivals", arrivals, "--limit", limit));
        options.addAll(List.of("--priority-mix", CLASSES, "--slo", targets));
        return options;
    }

    private static List<Contender> orders() {
        return List.of(
                Contender.FCFS,
                Contender.order("sjf"),
                Contender.order("priority"),
                Contender.order("semantic"),
                Contender.order("edf"),
                Contender.order("least-slack"),
                Contender.order("ltr"),
                Contender.interrupting("semantic", "total-wait"));
    }

    private static List<Contender> withPrefixes() {
        return more(Contender.order("lpm"), Contender.order("k-lpm:k=4"));
    }

    private static List<Contender> withTurns() {
        return more(Contender.turns("vtc"), Contender.turns("drr"));
    }

    private static List<Contender> more(Contender... further) {
        List<Contender> all = new ArrayList<>(orders());
        all.addAll(List.of(further));
        return List.copyOf(all);
    }

    /** Whether the trace names tenants, so that there is something to share out. */
    boolean namesTenants() {
        return contenders.stream().anyMatch(contender -> !contender.fairness().equals("none"));
    }

    /** The call of {@code simulate}, but for policies, rate and predictions. */
    StudyCall workload(Path folder) {
        List<String> call = new ArrayList<>();
        call.add("--trace");
        call.add(folder.resolve(file).toString());
        call.addAll(options);
        return new StudyCall(call);
    }
}
