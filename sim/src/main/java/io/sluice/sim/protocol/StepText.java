package io.sluice.sim.protocol;

import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;
import io.sluice.core.model.RequestKey;
import io.sluice.core.routing.RoutingCatalog;
import io.sluice.sim.protocol.Step.Moment;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A step of a scenario as a line: when, what, to whom, and how. */
final class StepText {

    private static final long NEVER = -1;
    private static final String CANCEL_REASON = "not wanted";
    private static final String NOTHING = "nothing";

    private StepText() {}

    static String of(Step step) {
        return step.atMillis() + " " + what(step);
    }

    private static String what(Step step) {
        if (step instanceof Step.Submit s) {
            return submission(s.submission());
        } else if (step instanceof Step.Control s) {
            return order(s.order());
        } else if (step instanceof Step.JobCrash s) {
            return "job-crash"
                    + (s.moment() == Moment.ANY
                            ? ""
                            : " moment=" + ScenarioLine.written(s.moment()))
                    + unless(0, " events-later", s.eventsLater())
                    + " down-ms="
                    + s.downMillis()
                    + (s.losesCommit() ? " loses-commit" : "")
                    + unless(NEVER, " flush-after-ms", s.flushAfterMillis());
        } else if (step instanceof Step.WorkerCrash s) {
            return "worker-crash gpu-%d%s%s"
                    .formatted(
                            s.worker(),
                            unless(NEVER, " down-ms", s.downMillis()),
                            s.losesLedger() ? " loses-ledger" : "");
        } else if (step instanceof Step.WorkerLeave s) {
            return "worker-leave gpu-%d%s"
                    .formatted(s.worker(), unless(NEVER, " down-ms", s.downMillis()));
        } else if (step instanceof Step.WorkerCut s) {
            return "worker-cut gpu-%d for-ms=%d".formatted(s.worker(), s.forMillis());
        } else if (step instanceof Step.Stall s) {
            return "stall %s partition=%d for-ms=%d"
                    .formatted(ScenarioLine.written(s.topic()), s.partition(), s.forMillis());
        }
        throw new IllegalArgumentException("unknown step " + step);
    }

    private static String unless(long usual, String name, long value) {
        return value == usual ? "" : name + "=" + value;
    }

    private static String submission(Submission s) {
        return "submit "
                + s.key()
                + unless(0, " priority", s.priority())
                + " input="
                + s.inputTokens()
                + unless(Submission.FOR_EVER, " lifetime-ms", s.lifetimeMillis())
                + (s.hasDeadline() ? " deadline" : "")
                + (s.pinnedInstance() == null ? "" : " pinned=" + s.pinnedInstance())
                + (s.isInvalid() ? " invalid" : "")
                + (s.waitFor() == null ? "" : " wait-for=" + edges(s.waitFor()));
    }

    private static String edges(List<Dependency> edges) {
        return edges.isEmpty()
                ? NOTHING
                : edges.stream()
                        .map(
                                e ->
                                        "%s:%d:%s"
                                                .formatted(
                                                        e.requestId(),
                                                        e.grade(),
                                                        ScenarioLine.written(e.onFailure())))
                        .collect(Collectors.joining(","));
    }

    private static String order(Message.Order order) {
        if (order instanceof Message.Cancel o) {
            return "cancel " + o.key();
        } else if (order instanceof Message.Reprioritise o) {
            return "reprioritise %s priority=%d".formatted(o.key(), o.priority());
        } else if (order instanceof Message.Drain o) {
            return (o.draining() ? "drain " : "undrain ") + o.instanceId();
        } else if (order instanceof Message.ChoosePolicies o) {
            return "policies"
                    + (o.lanes() == null ? "" : " lanes=" + ScenarioLine.written(o.lanes()))
                    + (o.routing() == null ? "" : " routing=" + o.routing());
        }
        throw new IllegalArgumentException("unknown order " + order);
    }

    /**
     * Reads what {@link #of} writes.
     *
     * @throws IllegalArgumentException naming the line and what is wrong with it
     */
    static Step read(ScenarioLine line) {
        long at = line.word("a time in milliseconds", Long::valueOf);
        String what = line.word("what happens");
        Step step =
                switch (what) {
                    case "submit" -> new Step.Submit(at, submission(line));
                    case "cancel" ->
                            new Step.Control(at, new Message.Cancel(key(line), CANCEL_REASON));
                    case "reprioritise" -> new Step.Control(at, reprioritise(line));
                    case "drain", "undrain" ->
                            new Step.Control(
                                    at,
                                    new Message.Drain(
                                            line.word("an instance"), what.equals("drain")));
                    case "policies" -> new Step.Control(at, policies(line));
                    case "job-crash" -> jobCrash(at, line);
                    case "worker-crash" -> {
                        int worker = worker(line);
                        boolean losesLedger = line.has("loses-ledger");
                        long down = line.number("down-ms", NEVER);
                        yield new Step.WorkerCrash(at, worker, down, losesLedger);
                    }
                    case "worker-leave" ->
                            new Step.WorkerLeave(at, worker(line), line.number("down-ms", NEVER));
                    case "worker-cut" -> new Step.WorkerCut(at, worker(line), forMillis(line));
                    case "stall" -> stall(at, line);
                    default -> throw line.wrong("nothing is called '%s'".formatted(what));
                };
        line.end();
        return step;
    }

    private static RequestKey key(ScenarioLine line) {
        return line.word("a request, as tenant/id", RequestKey::parse);
    }

    private static int worker(ScenarioLine line) {
        return line.word("a worker such as gpu-0", StepText::worker);
    }

    private static int worker(String text) {
        return Integer.parseUnsignedInt(text.replaceFirst("^gpu-", ""));
    }

    private static long forMillis(ScenarioLine line) {
        return line.required("for-ms", Long::valueOf);
    }

    private static Message.Reprioritise reprioritise(ScenarioLine line) {
        return new Message.Reprioritise(key(line), line.required("priority", Integer::valueOf));
    }

    private static Message.ChoosePolicies policies(ScenarioLine line) {
        return new Message.ChoosePolicies(
                line.optional("lanes", ScenarioLine.oneOf(LaneRule.class)),
                line.optional("routing", StepText::routing));
    }

    private static String routing(String name) {
        RoutingCatalog.create(name);
        return name;
    }

    private static Step jobCrash(long at, ScenarioLine line) {
        Moment moment = line.optional("moment", ScenarioLine.oneOf(Moment.class));
        return new Step.JobCrash(
                at,
                moment == null ? Moment.ANY : moment,
                (int) line.number("events-later", 0),
                line.number("down-ms", 0),
                line.has("loses-commit"),
                line.number("flush-after-ms", NEVER));
    }

    private static Step stall(long at, ScenarioLine line) {
        Logs topic = line.word("a topic", ScenarioLine.oneOf(Logs.class));
        int partition = line.required("partition", Integer::valueOf);
        if (partition < 0 || partition >= topic.partitions()) {
            throw line.wrong(
                    "%s has partitions 0 to %d"
                            .formatted(ScenarioLine.written(topic), topic.partitions() - 1));
        }
        return new Step.Stall(at, topic, partition, forMillis(line));
    }

    private static Submission submission(ScenarioLine line) {
        RequestKey key = key(line);
        boolean deadline = line.has("deadline");
        boolean invalid = line.has("invalid");
        return new Submission(
                key,
                (int) line.number("priority", 0),
                line.required("input", Integer::valueOf),
                line.number("lifetime-ms", Submission.FOR_EVER),
                deadline,
                line.text("pinned"),
                invalid,
                line.optional("wait-for", StepText::readEdges));
    }

    private static @Nullable List<Dependency> readEdges(String text) {
        List<Dependency> edges = new ArrayList<>();
        Function<String, OnFailure> rule = ScenarioLine.oneOf(OnFailure.class);
        for (String edge : text.equals(NOTHING) ? new String[0] : text.split(",", -1)) {
            String[] parts = edge.split(":", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("edges are written ID:GRADE:ON_FAILURE");
            }
            edges.add(new Dependency(parts[0], Integer.parseInt(parts[1]), rule.apply(parts[2])));
        }
        return edges;
    }
}
