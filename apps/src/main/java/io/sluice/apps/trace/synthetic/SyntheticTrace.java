package io.sluice.apps.trace.synthetic;

import io.sluice.apps.trace.Caller;
import io.sluice.apps.trace.RequestSource;
import io.sluice.apps.trace.TokenCounts;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.TraceStats;
import io.sluice.apps.trace.TraceTally;
import io.sluice.sim.random.Draws;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A made-up trace that behaves like real ones: twenty tenants, of which the three largest send half
 * of all requests, chat, code completion and long documents, sessions whose prompts repeat what was
 * said, shared prompt starts, bursts, and a priority for each session. The same arguments give the
 * same trace.
 */
public final class SyntheticTrace implements RequestSource {

    /** Mean rate when none is asked for, in requests per second. */
    public static final double DEFAULT_REQUESTS_PER_SECOND = 10;

    private static final int TENANTS = 20;
    private static final double PAUSE_SIGMA = 0.8;

    private final long limit;
    private final double requestsPerSecond;
    private final long seed;
    private final Draws draws;
    private final BurstClock clock;
    private final List<Tenant> tenants = new ArrayList<>();
    private final double[] tenantWeights = new double[TENANTS];
    private final TraceTally tally = new TraceTally();
    private long sessions;
    private long firstNanos;

    /**
     * A new trace.
     *
     * @param limit requests to make, at least 1
     * @param requestsPerSecond mean rate, above 0
     * @param seed of everything
     */
    public SyntheticTrace(long limit, double requestsPerSecond, long seed) {
        if (limit < 1 || !(requestsPerSecond > 0 && requestsPerSecond <= 1e6)) {
            throw new TraceException(
                    "a synthetic trace needs at least 1 request and a rate above 0, not "
                            + limit
                            + " and "
                            + requestsPerSecond);
        }
        this.limit = limit;
        this.requestsPerSecond = requestsPerSecond;
        this.seed = seed;
        this.draws = Draws.of(seed, "synthetic");
        this.clock = new BurstClock(requestsPerSecond, Draws.of(seed, "synthetic-arrivals"));
        for (int i = 0; i < TENANTS; i++) {
            tenants.add(new Tenant(i + 1, workloadOf(i + 1), draws));
            tenantWeights[i] = 1.0 / (i + 1);
        }
    }

    /** Chat 65 %, code 22 %, long documents 13 % of requests, given the tenants' weights. */
    private static Workload workloadOf(int rank) {
        return switch (rank) {
            case 2, 7, 11, 16 -> Workload.CODE;
            case 4, 10, 15, 19 -> Workload.LONG_CONTEXT;
            default -> Workload.CHAT;
        };
    }

    @Override
    public boolean hasArrivals() {
        return true;
    }

    @Override
    public boolean hasNext() {
        return tally.accepted() < limit;
    }

    @Override
    public TraceRequest next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the trace has ended");
        }
        double now = clock.next();
        Tenant tenant = tenants.get(draws.weighted(tenantWeights));
        Session resumed = tenant.resume(now, draws);
        Session session = resumed != null ? resumed : tenant.start(++sessions, draws);
        TraceRequest request = turn(tenant, session, now);
        tally.accept();
        return request;
    }

    private TraceRequest turn(Tenant tenant, Session session, double now) {
        Workload workload = tenant.workload();
        Workload.Habits habits = workload.habits();
        long sequence = tally.accepted();
        int before = session.sharedTokens() + session.historyTokens();
        int promptTokens =
                Math.min(before + workload.shape().fresh().draw(draws), habits.longestPrompt());
        int outputTokens = workload.shape().output().draw(draws);
        double pause = draws.logNormal(habits.pauseSeconds(), PAUSE_SIGMA);
        session.turn(habits.remembers() ? promptTokens - before + outputTokens : 0, now + pause);
        if (session.sharedTokens() + session.historyTokens() < habits.longestPrompt()) {
            tenant.rest(session);
        }
        return new TraceRequest(
                sequence,
                arrival(sequence, now),
                TokenCounts.of(promptTokens, outputTokens),
                new Caller(tenant.name(), null, "s-" + session.number(), session.priority()),
                BlockIds.of(session, habits.remembers(), sequence, promptTokens),
                List.of(),
                List.of(),
                0);
    }

    /** Offsets count from the first request, as in a recorded trace. */
    private long arrival(long sequence, double seconds) {
        long nanos = (long) (seconds * 1e9);
        if (sequence == 0) {
            firstNanos = nanos;
        }
        return nanos - firstNanos;
    }

    @Override
    public String description() {
        return "built-in synthetic trace (%d tenants; chat, code, long documents) at %s requests/s with bursts, seed %d"
                .formatted(
                        TENANTS,
                        BigDecimal.valueOf(requestsPerSecond).stripTrailingZeros().toPlainString(),
                        seed);
    }

    @Override
    public TraceStats stats() {
        return tally.snapshot();
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
