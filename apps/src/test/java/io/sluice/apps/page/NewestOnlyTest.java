package io.sluice.apps.page;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import static org.assertj.core.api.Assertions.assertThat;

/** What a browser that is slower than the server gets. */
class NewestOnlyTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();

    @Test
    void whatIsReplacedWhileItWaitsIsNotSent() {
        NewestOnly stream = new NewestOnly(frame -> sent.add(frame.id()), tasks::add);
        offer(stream, "1");
        offer(stream, "2");
        offer(stream, "3");
        assertThat(tasks).hasSize(1);

        tasks.remove().run();
        assertThat(sent).containsExactly("3");

        offer(stream, "4");
        tasks.remove().run();
        assertThat(sent).containsExactly("3", "4");
    }

    @Test
    void whatComesWhileOneIsSentFollowsInTheSameTask() {
        List<NewestOnly> self = new ArrayList<>();
        NewestOnly stream =
                new NewestOnly(
                        frame -> {
                            sent.add(frame.id());
                            if (frame.id().equals("1")) {
                                offer(self.get(0), "2");
                                offer(self.get(0), "3");
                            }
                        },
                        tasks::add);
        self.add(stream);
        offer(stream, "1");

        tasks.remove().run();

        assertThat(sent).containsExactly("1", "3");
        assertThat(tasks).isEmpty();
    }

    private static void offer(NewestOnly stream, String id) {
        stream.offer(new Frames.Frame(id, "{}"));
    }
}
