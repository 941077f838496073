package io.sluice.demo.run;

import io.sluice.apps.page.LivePage;
import io.sluice.apps.page.PageAccess;
import io.sluice.apps.page.PageSettings;
import io.sluice.apps.page.control.ControlRole;

import java.nio.file.Path;

/**
 * The live page of a run. Whoever can read the files of the one who started the run may give orders
 * on it.
 */
final class DemoPage {

    private static final boolean SHOW_PROMPTS = false;

    private DemoPage() {}

    /** Serves it, and says where it is and how to give orders on it. */
    static LivePage start(DemoSettings settings, DemoPipeline pipeline, Console console) {
        Path token = ControlToken.writeTo(pipeline.folder());
        LivePage page =
                LivePage.start(
                        pipeline.kafka(),
                        new PageSettings(
                                settings.cluster().pagePort(),
                                PageAccess.LOOPBACK,
                                note(settings),
                                ControlRole.of(token, null, console::say),
                                SHOW_PROMPTS));
        console.say("live page on " + page.address());
        console.say("orders on it take the token in " + token);
        return page;
    }

    private static String note(DemoSettings settings) {
        return settings.speedup() == 1
                ? ""
                : "A replay at %s times its speed: latencies are as measured here, the report multiplies them back."
                        .formatted(settings.speedup());
    }
}
