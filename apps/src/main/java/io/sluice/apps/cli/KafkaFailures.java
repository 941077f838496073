package io.sluice.apps.cli;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

import java.util.concurrent.ExecutionException;

/** What failures of the Kafka clients mean, in one line each. */
final class KafkaFailures {

    private KafkaFailures() {}

    static CommandException explain(Throwable exception, String bootstrapServers) {
        Throwable cause = root(exception);
        return cause instanceof CommandException known
                ? known
                : new CommandException(line(cause, bootstrapServers), exception);
    }

    private static String line(Throwable cause, String servers) {
        if (cause instanceof TimeoutException) {
            return "no Kafka broker answers on %s; start one, or say where it is with --bootstrap-servers"
                    .formatted(servers);
        }
        if (cause instanceof SslAuthenticationException) {
            return "Kafka on %s: %s, %s; does ssl.truststore.location of --client-config hold the authority of its certificate?"
                    .formatted(servers, text(cause), text(innermost(cause)));
        }
        if (cause instanceof AuthenticationException) {
            return "Kafka on %s does not let us in: %s; see --client-config"
                    .formatted(servers, cause.getMessage());
        }
        if (cause instanceof AuthorizationException) {
            return "Kafka on %s does not allow it: %s; `sluice topics acls` tells who needs what"
                    .formatted(servers, cause.getMessage());
        }
        if (cause instanceof ConfigException) {
            return "wrong property of the Kafka client: " + cause.getMessage();
        }
        return "Kafka on %s: %s".formatted(servers, text(cause));
    }

    private static Throwable root(Throwable exception) {
        Throwable cause = exception.getCause();
        boolean wrapper =
                exception instanceof ExecutionException
                        || exception.getClass().equals(KafkaException.class);
        return wrapper && cause != null ? root(cause) : exception;
    }

    private static Throwable innermost(Throwable exception) {
        Throwable cause = exception.getCause();
        return cause == null || cause.getMessage() == null ? exception : innermost(cause);
    }

    private static String text(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
