package io.sluice.jobs;

import io.sluice.core.docs.RenderedPart;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/** The documentation shows the options as they are. */
class OptionDocumentationTest {

    @Test
    void theTableOfOptionsIsTheCode() throws IOException {
        RenderedPart.table("docs/configuration.md", "options")
                .mustBe(
                        "\n" + OptionTable.markdown(JobOptions.all()) + "\n",
                        "jobs",
                        "OptionDocumentationTest");
    }
}
