package io.sluice.core.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A part of a page of the documentation that is rendered from the code. With the system property
 * {@value #WRITE} set to {@code true} the part is written instead of compared.
 *
 * @param page from the root of the repository
 * @param begin the marker before the part, with the end of its line
 * @param end the marker after it
 */
public record RenderedPart(String page, String begin, String end) {

    /** The root of the repository. */
    public static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");

    private static final String WRITE = "sluice.docs.write";

    /** A table, by what its markers call it. */
    public static RenderedPart table(String page, String name) {
        return new RenderedPart(
                page,
                "<!-- %s: rendered from the code, do not edit -->\n".formatted(name),
                "<!-- %s: end -->\n".formatted(name));
    }

    /**
     * Compares or writes it.
     *
     * @param rendered what stands between the markers
     * @param module whose test renders it
     * @param test by its name, or a pattern of names
     */
    public void mustBe(String rendered, String module, String test) throws IOException {
        Path file = ROOT.resolve(page);
        String text = Files.readString(file);
        int marker = text.indexOf(begin);
        assertThat(marker).as("marker %s in %s", begin.strip(), file).isNotNegative();
        int from = marker + begin.length();
        assertThat(text.indexOf(begin, from))
                .as("a second %s in %s", begin.strip(), file)
                .isEqualTo(-1);
        int to = text.indexOf(end, from);
        assertThat(to)
                .as("marker %s after %s in %s", end.strip(), begin.strip(), file)
                .isNotNegative();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(file, text.substring(0, from) + rendered + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to))
                .as(
                        "%s in %s; to render it anew run ./mvnw -pl %s -am test -Dtest=%s"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
                        begin.strip(), page, module, test, WRITE)
                .isEqualTo(rendered);
    }
}
