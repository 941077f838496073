package io.sluice.demo.security;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.metadata.authorizer.StandardAcl;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Kafka's own authorizer, which also notes who asked for what, and what it answered. */
public final class RecordingAuthorizer extends StandardAuthorizer {

    private static final Map<Asked, AuthorizableRequestContext> ASKED = new ConcurrentHashMap<>();

    /** One question and its answer; an action counts its resource, so that is all of it. */
    record Asked(String user, String action, boolean allowed) {}

    private record Question(AuthorizableRequestContext context, Action action) {}

    private static final Set<Question> ALLOWED = ConcurrentHashMap.newKeySet();

    @Override
    public List<AuthorizationResult> authorize(
            AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        for (int i = 0; i < results.size(); i++) {
            Action action = actions.get(i);
            if (!action.logIfAllowed()) {
                // The broker wants to tell what the user might do; nobody does it.
                continue;
            }
            boolean allowed = results.get(i) == AuthorizationResult.ALLOWED;
            String what = action.operation() + " " + action.resourcePattern();
            if (!allowed && !action.logIfDenied()) {
                continue;
            }
            Asked asked = new Asked(context.principal().getName(), what, allowed);
            if (ASKED.putIfAbsent(asked, context) == null && allowed) {
                ALLOWED.add(new Question(context, action));
            }
        }
        return results;
    }

    /** What a user was refused, but for topics of Kafka's own, which a list of all leaves out. */
    static List<String> refused(String user) {
        return ASKED.keySet().stream()
                .filter(asked -> asked.user().equals(user) && !asked.allowed())
                .map(Asked::action)
                .filter(action -> !action.contains("name=__"))
                .sorted()
                .toList();
    }

    /**
     * The entries without which something that a user was allowed so far would have been refused,
     * each tried by Kafka's authorizer.
     */
    static List<AclBinding> needed(String user, Collection<AclBinding> entries) {
        List<Question> questions =
                ALLOWED.stream()
                        .filter(each -> each.context().principal().getName().equals(user))
                        .toList();
        List<AclBinding> needed = new ArrayList<>();
        for (AclBinding without : entries) {
            StandardAuthorizer fewer = of(entries, without);
            boolean refuses =
                    questions.stream()
                            .anyMatch(
                                    each ->
                                            fewer.authorize(each.context(), List.of(each.action()))
                                                    .contains(AuthorizationResult.DENIED));
            if (refuses) {
                needed.add(without);
            }
        }
        return needed;
    }

    private static StandardAuthorizer of(Collection<AclBinding> entries, AclBinding without) {
        StandardAuthorizer authorizer = new StandardAuthorizer();
        authorizer.configure(Map.of());
        authorizer.withPluginMetrics(new PluginMetricsImpl(new Metrics(), Map.of()));
        entries.stream()
                .filter(entry -> !entry.equals(without))
                .forEach(
                        entry ->
                                authorizer.addAcl(
                                        Uuid.randomUuid(), StandardAcl.fromAclBinding(entry)));
        authorizer.completeInitialLoad();
        return authorizer;
    }
}
