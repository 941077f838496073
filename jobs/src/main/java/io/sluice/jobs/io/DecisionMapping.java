package io.sluice.jobs.io;

import io.sluice.jobs.flow.DecisionEnd;
import io.sluice.jobs.flow.DecisionForecast;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.schemas.avro.Candidate;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** From a decision to its record on the decisions topic. */
final class DecisionMapping {

    private DecisionMapping() {}

    static String key(DecisionMessage message) {
        return message.key().requestId();
    }

    static Decision record(DecisionMessage message) {
        Decision.Builder record =
                Decision.newBuilder()
                        .setKind(DecisionKind.valueOf(message.kind().name()))
                        .setRequestId(message.key().requestId())
                        .setFairnessId(message.key().tenant())
                        .setAttempt(message.attempt())
                        .setInstanceId(message.instanceId())
                        .setEpoch(message.epoch())
                        .setSeq(message.seq())
                        .setDecidedAt(Instant.ofEpochMilli(message.decidedAtMillis()))
                        .setPriority(message.priority())
                        .setPolicy(message.by().policy())
                        .setPolicyVersion(message.by().version())
                        .setConfigPosition(message.by().position())
                        .setQueueLength(known(message.queueLength()))
                        .setQueuePosition(known(message.queuePosition()))
                        .setQueueWaitMs(known(message.queueWaitMillis()))
                        .setReason(message.reason());
        int considered = message.candidateCount();
        record.setCandidates(candidates(message))
                .setCandidateCount(considered == 0 ? null : considered);
        addForecast(record, message.expected());
        addEnd(record, message.end());
        return record.build();
    }

    private static List<Candidate> candidates(DecisionMessage message) {
        return message.candidates().stream()
                .map(each -> new Candidate(each.instanceId(), each.score(), each.parts()))
                .toList();
    }

    private static void addForecast(Decision.Builder record, @Nullable DecisionForecast forecast) {
        if (forecast == null) {
            return;
        }
        int tokens = forecast.outputTokens();
        record.setPredictedOutputTokens(tokens == 0 ? null : tokens)
                .setPredictedStartAt(time(forecast.startMillis()))
                .setPredictedFinishAt(time(forecast.finishMillis()))
                .setPredictedTtftMs(known(forecast.ttftMillis()))
                .setPredictedServiceMs(known(forecast.serviceMillis()));
    }

    private static void addEnd(Decision.Builder record, @Nullable DecisionEnd end) {
        if (end == null) {
            return;
        }
        record.setOutcome(end.outcome())
                .setErrorCode(end.code())
                .setOutputTokens(known(end.outputTokens()))
                .setTtftMs(known(end.ttftMillis()))
                .setTpotMs(known(end.tpotMillis()))
                .setE2eMs(known(end.e2eMillis()));
    }

    private static @Nullable Integer known(int number) {
        return number < 0 ? null : number;
    }

    private static @Nullable Long known(long number) {
        return number < 0 ? null : number;
    }

    private static @Nullable Double known(double number) {
        return Double.isNaN(number) ? null : number;
    }

    private static @Nullable Instant time(long millis) {
        return millis < 0 ? null : Instant.ofEpochMilli(millis);
    }
}
