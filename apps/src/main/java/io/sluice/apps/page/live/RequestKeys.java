package io.sluice.apps.page.live;

import io.sluice.core.model.RequestKey;

/** How records name a request. */
final class RequestKeys {

    private static final String DEFAULT_TENANT = "default";

    private RequestKeys() {}

    static RequestKey of(String tenant, String requestId) {
        return new RequestKey(tenant.isBlank() ? DEFAULT_TENANT : tenant, requestId);
    }
}
