package io.sluice.apps.timeline;

import io.sluice.apps.timeline.TimelinePhase.Kind;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.HandBackReason;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RequestTimelineTest {

    private static Life completed(String id) {
        return new Life("acme", id)
                .submitted(0)
                .routed(1, 1, 20)
                .dispatched(1, 1, 14_200)
                .commanded(1, 1, 14_200)
                .reported(WorkerEventType.ACCEPTED, 1, 1, 14_210)
                .reported(WorkerEventType.FIRST_TOKEN, 1, 1, 14_600)
                .reported(WorkerEventType.COMPLETED, 1, 1, 19_800)
                .settled(Outcome.Completed, 1, 20_500);
    }

    @Test
    void tellsALifeInItsOrder() {
        RequestTimeline life = completed("r").told();

        assertThat(life.entries())
                .extracting(TimelineEntry::event)
                .containsExactly(
                        "SUBMITTED",
                        "ROUTE",
                        "DISPATCH",
                        "ACCEPTED",
                        "FIRST_TOKEN",
                        "COMPLETED",
                        "Completed");
        assertThat(life.entries()).noneMatch(TimelineEntry::rolledBack);
        assertThat(life.missing()).isEmpty();
        assertThat(life.repeats()).isZero();
    }

    @Test
    void doesNotDependOnTheOrderOfTheRecords() {
        Life records = completed("r").again();
        for (int seed = 0; seed < 50; seed++) {
            RequestTimeline shuffled = records.toldShuffled(seed);

            assertThat(shuffled.phases()).isEqualTo(records.told().phases());
            assertThat(shuffled.entries())
                    .extracting(TimelineEntry::what)
                    .isEqualTo(records.told().entries().stream().map(e -> e.what()).toList());
        }
    }

    @Test
    void saysWhyItWaited() {
        RequestTimeline life =
                completed("r")
                        .passing(1, 10, 0, -50)
                        .passing(2, 30, 0, -40)
                        .passing(3, 9_000, 4, 8_000)
                        .passing(3, 9_000, 4, 8_000)
                        .passing(4, 9_500, 0, 8_500)
                        .passing(5, 15_000, 0, 0)
                        .told();

        TimelinePhase queue = life.phases().get(1);
        assertThat(queue.kind()).isEqualTo(Kind.QUEUE);
        assertThat(queue.length(Life.at(0))).isEqualTo(Duration.ofMillis(14_180));
        assertThat(queue.why())
                .isEqualTo(
                        "in the lane of gpu-1, which sent 3 before it by"
                                + " priority:max-overtake=30s; 2 of them had been submitted later,"
                                + " 1 of these with a higher priority");
        assertThat(life.headline(Life.at(99_000)))
                .isEqualTo(
                        "request r of acme: Completed 20.5 s after its submission. It waited"
                                + " 14.2 s: 14.2 s "
                                + queue.why());
    }

    @Test
    void countsWhatIsThereTwiceOnce() {
        RequestTimeline life =
                new Life("acme", "r")
                        .submitted(0)
                        .routed(1, 1, 20)
                        .again()
                        .dispatched(1, 1, 30)
                        .again()
                        .commanded(1, 1, 30)
                        .reported(WorkerEventType.COMPLETED, 1, 1, 50)
                        .reported(WorkerEventType.COMPLETED, 1, 1, 5_000)
                        .told();

        assertThat(life.entries())
                .extracting(TimelineEntry::event)
                .containsExactly("SUBMITTED", "ROUTE", "DISPATCH", "COMPLETED");
        assertThat(life.repeats()).isEqualTo(3);
        assertThat(life.entries().get(2).origins()).hasSize(3);
    }

    @Test
    void tellsASecondSubmissionFromTheFirst() {
        RequestTimeline life =
                new Life("acme", "r").submitted(0).routed(1, 1, 20).submitted(40).told();

        assertThat(life.entries())
                .extracting(TimelineEntry::what)
                .containsExactly(
                        "submitted",
                        "given to the lane of gpu-1 by least-outstanding: done first by what is"
                                + " outstanding",
                        "submitted again: the router drops a repeat");
    }

    @Test
    void marksWhatARestoreTookBack() {
        RequestTimeline life =
                new Life("acme", "r")
                        .submitted(0)
                        .routed(1, 1, 20)
                        .dispatched(1, 1, 30)
                        .handedBack(HandBackReason.DRAINING, 1, 1, 40)
                        .routed(1, 2, 5_000)
                        .dispatched(1, 2, 5_010)
                        .told();

        assertThat(life.entries())
                .extracting(e -> e.event() + e.epoch() + e.rolledBack())
                .containsExactly(
                        "SUBMITTED0false",
                        "ROUTE1true",
                        "DISPATCH1true",
                        "RELEASE1true",
                        "ROUTE2false",
                        "DISPATCH2false");
        assertThat(life.phases())
                .extracting(TimelinePhase::kind)
                .containsExactly(Kind.ROUTING, Kind.QUEUE, Kind.DELIVERY);
    }

    @Test
    void keepsWhatWasAdopted() {
        RequestTimeline life =
                new Life("acme", "r")
                        .submitted(0)
                        .routed(1, 1, 20)
                        .dispatched(1, 1, 30)
                        .reported(WorkerEventType.ACCEPTED, 1, 1, 35)
                        .decided(new Life("acme", "r").decision(DecisionKind.ADOPT, 1, 2, 6_000))
                        .told();

        assertThat(life.entries()).noneMatch(TimelineEntry::rolledBack);
        assertThat(life.lastPhase().kind()).isEqualTo(Kind.PREFILL);
        assertThat(life.lastPhase().from()).isEqualTo(Life.at(35));
    }

    @Test
    void goesByTheBrokerWhereAWorkersClockIsWrong() {
        RequestTimeline life =
                new Life("acme", "r")
                        .submitted(0)
                        .routed(1, 1, 20)
                        .dispatched(1, 1, 30)
                        .reported(WorkerEventType.ACCEPTED, 1, 1, -3_600_000, 40)
                        .told();

        TimelineEntry accepted = life.entries().get(3);
        assertThat(accepted.at()).isEqualTo(Life.at(40));
        assertThat(accepted.clock()).isEqualTo(TimeSource.BROKER);
        assertThat(accepted.details())
                .containsEntry("by the worker's clock", "2026-09-01T11:00:00Z, off by -60 min 0 s");
    }

    @Test
    void keepsCauseBeforeEffectWhereClocksDifferByLittle() {
        RequestTimeline life =
                new Life("acme", "r")
                        .submitted(0)
                        .routed(1, 1, -3)
                        .dispatched(1, 1, 30)
                        .reported(WorkerEventType.ACCEPTED, 1, 1, 25)
                        .told();

        assertThat(life.entries())
                .extracting(TimelineEntry::event)
                .containsExactly("SUBMITTED", "ROUTE", "DISPATCH", "ACCEPTED");
        assertThat(life.phases()).allMatch(p -> !p.length(Life.at(40)).isNegative());
    }

    @Test
    void keepsTheSubmissionFirstWhereTheBrokersClockIsAhead() {
        RequestTimeline life =
                new Life("acme", "r")
                        .submitted(500)
                        .routed(1, 1, 10)
                        .dispatched(1, 1, 20)
                        .reported(WorkerEventType.ACCEPTED, 1, 1, 25)
                        .reported(WorkerEventType.COMPLETED, 1, 1, 30)
                        .settled(Outcome.Completed, 1, 520)
                        .told();

        assertThat(life.entries())
                .extracting(TimelineEntry::event)
                .containsExactly(
                        "SUBMITTED", "ROUTE", "DISPATCH", "ACCEPTED", "COMPLETED", "Completed");
    }

    @Test
    void tellsARejectionBeforeItsOutcome() {
        RequestTimeline life =
                new Life("acme", "r")
                        .submitted(0)
                        .decided(
                                new Life("acme", "r")
                                        .decision(DecisionKind.REJECT, 0, 1, 12)
                                        .setInstanceId(null)
                                        .setOutcome("RejectedInvalid")
                                        .setReason("prompt is negative"))
                        .told();

        assertThat(life.headline(Life.at(50)))
                .isEqualTo(
                        "request r of acme: closed as RejectedInvalid 12 ms after its submission:"
                                + " prompt is negative. It waited 12 ms: 12 ms until it was given"
                                + " to a lane");
        assertThat(life.missing())
                .containsExactly("its outcome: not committed yet, or no longer on its topic");
    }

    @Test
    void saysWhatIsMissing() {
        RequestTimeline life = new Life("acme", "r").settled(Outcome.Completed, 1, 500).told();

        assertThat(life.missing())
                .extracting(text -> text.substring(0, text.indexOf(':')))
                .containsExactly(
                        "its submission", "decisions about it", "what its worker reported");
        assertThat(RequestTimeline.of(life.key(), List.of(), List.of()).isKnown()).isFalse();
    }

    @Test
    void keepsTenantsApart() {
        Life acme = completed("r");
        Life other = new Life("other", "r").submitted(7);
        acme.records.addAll(other.records);

        assertThat(acme.told().entries()).hasSize(7);
        TimelineFinding finding = new TimelineFinding("r", acme.records, List.of(), List.of());
        assertThat(finding.tenants()).containsExactly("acme", "other");
        assertThat(finding.timeline("other").entries()).hasSize(1);
    }

    @Test
    void takesIdsAsTheyAre() {
        String hostile = "\u001b[31m<script>%s%n$1\\E\u0000/\u202e";
        RequestTimeline life = completed(hostile).told();

        assertThat(life.entries()).hasSize(7);
        assertThat(life.headline(Life.at(0))).contains(hostile);
    }
}
