package io.sluice.apps.simulate;

import io.sluice.apps.cli.CommandException;
import io.sluice.sim.fleet.RequestResult;
import io.sluice.sim.fleet.RunListener;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line for each request, of all runs in one file. Times are seconds of the simulated clock. */
final class RequestCsv implements AutoCloseable {

    private static final String HEADER =
            "policy,at,seed,request,tenant,class,prompt_tokens,output_tokens,predicted_tokens,arrival_s,"
                    + "dispatched_s,first_token_s,ended_s,outcome,instance,cached_tokens,interruptions";
    private static final double NANOS_PER_SECOND = 1e9;

    private final @Nullable PrintWriter out;

    private RequestCsv(@Nullable PrintWriter out) {
        this.out = out;
    }

    /** Writes nothing. */
    static RequestCsv none() {
        return new RequestCsv(null);
    }

    /**
     * Writes to a file.
     *
     * @throws CommandException if that cannot be done
     */
    static RequestCsv to(Path file) {
        try {
            PrintWriter out =
                    new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
            out.println(HEADER);
            return new RequestCsv(out);
        } catch (IOException e) {
            throw new CommandException("cannot write --csv %s: %s".formatted(file, e), e);
        }
    }

    /** What hears of the requests of one run; several runs may go on at once. */
    RunListener of(Point point, String policy, long seed) {
        PrintWriter lines = out;
        if (lines == null) {
            return result -> {};
        }
        String run = quoted(policy) + "," + quoted(at(point)) + "," + seed + ",";
        return result -> {
            synchronized (lines) {
                lines.println(run + line(result));
            }
        };
    }

    private static String at(Point point) {
        return point.at().entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String line(RequestResult result) {
        return String.join(
                ",",
                Integer.toString(result.request().index()),
                quoted(result.request().tenant()),
                "P" + result.request().trueRank(),
                Integer.toString(result.request().promptTokens()),
                Integer.toString(result.request().outputTokens()),
                Integer.toString(result.request().predictedTokens()),
                seconds(result.request().arrivalNanos()),
                seconds(result.dispatchedNanos()),
                seconds(result.firstTokenNanos()),
                seconds(result.endedNanos()),
                result.outcome().name().toLowerCase(Locale.ROOT),
                result.instance() < 0 ? "" : Integer.toString(result.instance()),
                Integer.toString(result.cachedTokens()),
                Integer.toString(result.interruptions()));
    }

    private static String seconds(long nanos) {
        return nanos == RequestResult.NOT
                ? ""
                : String.format(Locale.ROOT, "%.6f", nanos / NANOS_PER_SECOND);
    }

    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"")
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    @Override
    public void close() {
        if (out != null) {
            out.close();
        }
    }
}
