package io.sluice.apps.trace.file;

import io.sluice.apps.trace.Caller;
import io.sluice.apps.trace.Message;
import io.sluice.apps.trace.Message.Role;
import io.sluice.apps.trace.PrefixBlocks;
import io.sluice.apps.trace.RejectReason;
import io.sluice.apps.trace.TraceNote;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.file.Fixtures.Read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Every format, from hand-written rows with the quirks of the real files. */
class TraceFormatsTest {

    @ParameterizedTest
    @CsvSource({
        "azure-2023.csv, AZURE", "azure-2024.csv, AZURE", "splitwise.csv, SPLITWISE",
        "mooncake.jsonl, MOONCAKE", "bailian.jsonl, BAILIAN", "burstgpt-1.csv, BURSTGPT",
        "burstgpt-3.csv, BURSTGPT", "arena.csv, ARENA", "workload.jsonl, WORKLOAD",
        "measured-run.jsonl, WORKLOAD", "timed-prompts.jsonl, TIMED_PROMPTS",
                "multiround.jsonl, MULTIROUND",
        "sharegpt.json, SHAREGPT", "lmsys.jsonl, LMSYS", "arena-hard.jsonl, LMSYS",
        "prompts.jsonl, PROMPTS", "lengths.csv, LENGTHS", "alpaca-lengths.csv, LENGTHS",
        "lmsys-words.csv, LMSYS_WORDS"
    })
    void isToldByContent(String file, TraceFormat format) {
        assertThat(Fixtures.read(file).format()).isEqualTo(format);
    }

    @Test
    void azure2023HasSevenFractionalDigitsAndCrLf() {
        Read trace = Fixtures.read("azure-2023.csv");
        assertThat(trace.arrivalMillis()).containsExactly(0.0, 4314.579, 4541.877);
        assertThat(trace.lengths()).containsExactly("374/44", "396/109", "879/55");
        assertThat(trace.requests())
                .extracting(TraceRequest::sourceLine)
                .containsExactly(2L, 3L, 4L);
    }

    @Test
    void azure2024HasZones() {
        Read trace = Fixtures.read("azure-2024.csv");
        assertThat(trace.arrivalMillis()).containsExactly(0.0, 1007.405, 2490.07);
    }

    @Test
    void splitwiseCountsSeconds() {
        assertThat(Fixtures.read("splitwise.csv").arrivalMillis())
                .containsExactly(0.0, 4314.579, 4541.876999);
    }

    @Test
    void mooncakeCountsMillisAndSharesBlocksOf512() {
        Read trace = Fixtures.read("mooncake.jsonl");
        assertThat(trace.arrivalMillis()).containsExactly(0.0, 0.0, 3053.0, 3053.0);
        assertThat(trace.request(0).prefix())
                .isEqualTo(new PrefixBlocks(512, List.of(46L, 47L, 48L)));
        assertThat(trace.request(3).caller()).isEqualTo(new Caller(null, null, "s-1", 3));
        assertThat(trace.stats().notes())
                .isEqualTo(
                        Map.of(TraceNote.ARRIVAL_OUT_OF_ORDER, 1L, TraceNote.PREFIX_DROPPED, 1L));
        assertThat(trace.request(2).prefix()).isEqualTo(PrefixBlocks.NONE);
    }

    @Test
    void bailianChainsChatsByParent() {
        Read trace = Fixtures.read("bailian.jsonl");
        assertThat(trace.arrivalMillis()).containsExactly(0.0, 386.0, 12136.0, 18886.0, 28886.0);
        assertThat(trace.requests())
                .extracting(r -> r.caller().sessionId())
                .containsExactly("7", "8", "7", "7", "11");
        assertThat(trace.requests())
                .extracting(TraceRequest::waitFor)
                .containsExactly(List.of(), List.of(), List.of(0L), List.of(2L), List.of());
        assertThat(trace.request(0).prefix().blockTokens()).isEqualTo(16);
        assertThat(trace.stats().notes()).isEqualTo(Map.of(TraceNote.PREDECESSOR_UNKNOWN, 1L));
    }

    @Test
    void burstGptIsReadByNameAndFailedRequestsAreCounted() {
        Read first = Fixtures.read("burstgpt-1.csv");
        assertThat(first.lengths()).containsExactly("472/18", "1087/230", "1360/81");
        assertThat(first.arrivalMillis()).containsExactly(0.0, 40_000.0, 165_000.0);
        assertThat(first.stats().rejected())
                .isEqualTo(Map.of(RejectReason.ZERO_PROMPT, 1L, RejectReason.ZERO_OUTPUT, 1L));
        Read third = Fixtures.read("burstgpt-3.csv");
        assertThat(third.lengths()).containsExactly("472/18", "96/7");
        assertThat(third.request(0).caller())
                .isEqualTo(new Caller(null, "ChatGPT", "conv-12", null));
        assertThat(third.request(1).caller().sessionId()).isNull();
    }

    @Test
    void arenaHasTenants() {
        Read trace = Fixtures.read("arena.csv");
        assertThat(trace.requests())
                .extracting(r -> r.caller().tenant())
                .containsExactly("dummy-lora-7b-rank-8-13", "dummy-lora-7b-rank-8-2");
        assertThat(trace.arrivalMillis()).containsExactly(0.0, 250.0);
    }

    @Test
    void workloadCountsNanosAndTheRunLogSeconds() {
        assertThat(Fixtures.read("workload.jsonl").request(1).arrivalNanos())
                .isEqualTo(301_012_143);
        assertThat(Fixtures.read("measured-run.jsonl").request(1).arrivalNanos())
                .isEqualTo(285_059_300);
    }

    @Test
    void timedPromptsHoldSeveralRequestsPerLine() {
        Read trace = Fixtures.read("timed-prompts.jsonl");
        assertThat(trace.lengths()).containsExactly("12/8", "5/40", "7/2");
        assertThat(trace.arrivalMillis()).containsExactly(0.0, 906.0, 906.0);
        assertThat(trace.requests())
                .extracting(TraceRequest::sourceLine)
                .containsExactly(1L, 2L, 2L);
        assertThat(trace.stats().rejected()).isEqualTo(Map.of(RejectReason.MALFORMED, 2L));
    }

    @Test
    void multiroundWaitsForTheRoundBefore() {
        Read trace = Fixtures.read("multiround.jsonl");
        assertThat(trace.hasArrivals()).isFalse();
        assertThat(trace.requests())
                .extracting(TraceRequest::waitFor)
                .containsExactly(List.of(), List.of(), List.of(0L), List.of(2L));
        assertThat(trace.request(3).caller().sessionId()).isEqualTo("3");
        assertThat(trace.request(2).messages().get(0).content()).contains("And a stack?");
    }

    @Test
    void shareGptTakesTheFirstExchange() {
        Read trace = Fixtures.read("sharegpt.json");
        assertThat(trace.requests())
                .extracting(r -> r.caller().sessionId())
                .containsExactly("QaBc_0", "QaBc_1", "Only_0", "Sys_0", null);
        // 50 and 46 characters at 4.1 to the token.
        assertThat(trace.lengths().get(0)).isEqualTo("13/12");
        assertThat(trace.request(1).messages())
                .containsExactly(Message.user("Thanks. And a hard one?"));
        assertThat(trace.request(3).messages())
                .extracting(Message::role)
                .containsExactly(Role.SYSTEM, Role.USER, Role.USER);
        assertThat(trace.stats().rejected())
                .isEqualTo(Map.of(RejectReason.NO_USER_MESSAGE, 2L, RejectReason.ZERO_OUTPUT, 1L));
        assertThat(trace.stats().notes())
                .containsEntry(TraceNote.OUTPUT_DRAWN, 1L)
                .containsEntry(TraceNote.OUTPUT_ESTIMATED, 4L)
                .containsEntry(TraceNote.PROMPT_ESTIMATED, 5L)
                .containsEntry(TraceNote.LEADING_ANSWER_SKIPPED, 1L);
        assertThat(trace.stats().firstProblems().get(0).line()).isEqualTo(4);
    }

    @Test
    void lmsysDropsEmptyAnswers() {
        Read trace = Fixtures.read("lmsys.jsonl");
        assertThat(trace.requests()).hasSize(1);
        assertThat(trace.request(0).caller()).isEqualTo(new Caller(null, "vicuna-13b", "c1", null));
        assertThat(trace.stats().rejected()).isEqualTo(Map.of(RejectReason.ZERO_OUTPUT, 1L));
        assertThat(Fixtures.read("arena-hard.jsonl").lengths()).containsExactly("6/4");
    }

    @Test
    void promptsComeUnderManyNames() {
        Read trace = Fixtures.read("prompts.jsonl");
        assertThat(trace.lengths()).containsExactly("8/1", "2/7", "6/1", "3/2");
        assertThat(trace.request(0).messages())
                .containsExactly(Message.user("Add the numbers\n4 and 5"));
        assertThat(trace.request(3).messages()).containsExactly(Message.user("Write a poem"));
        assertThat(trace.request(2).caller().model()).isEqualTo("x");
    }

    @Test
    void answersThatMayHaveBeenCutOffAreCounted(@TempDir Path folder) throws IOException {
        Path samples =
                Files.writeString(
                        folder.resolve("samples.jsonl"),
                        """
                        {"prompt": "Why?", "output": "Because", "eos": false, "output_tokens": 402}
                        {"prompt": "Why?", "output": "Because.", "eos": true, "output_tokens": 402}
                        {"prompt": "Why?", "output": "Because.", "output_tokens": 402}
                        """);
        assertThat(cutOff(samples)).isEqualTo(1);
        String chat =
                "{\"%s\": [{\"content\": \"Why?\", \"role\": \"user\"},"
                        + " {\"content\": \"%s\", \"role\": \"assistant\"}]}\n";
        // 4.1 characters to the token.
        String below = "a".repeat(2095);
        String at = "a".repeat(2096);
        Path lmsys = folder.resolve("lmsys.jsonl");
        Files.writeString(
                lmsys, chat.formatted("conversation", below) + chat.formatted("conversation", at));
        assertThat(cutOff(lmsys)).isEqualTo(1);
        Path other = folder.resolve("other.jsonl");
        Files.writeString(other, chat.formatted("messages", at));
        assertThat(cutOff(other)).as("only the demo of LMSYS had the limit").isZero();
    }

    private static long cutOff(Path file) {
        return Fixtures.read(file, TraceOptions.defaults())
                .stats()
                .count(TraceNote.OUTPUT_MAYBE_CUT);
    }

    @Test
    void anIndexColumnWithoutANameIsNoTrouble(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("index.csv"),
                        ",num_prefill_tokens,num_decode_tokens\n0,25,3\n1,374,284\n");
        Read trace = Fixtures.read(file, TraceOptions.defaults());
        assertThat(trace.format()).isEqualTo(TraceFormat.LENGTHS);
        assertThat(trace.lengths()).containsExactly("25/3", "374/284");
    }

    @ParameterizedTest
    @CsvSource({
        "azure-2023.csv, azure-2023.csv (azure; tokens of the recorded service)",
        "alpaca-lengths.csv, alpaca-lengths.csv (lengths; tokens counted in the file)"
    })
    void aTraceSaysWhatItsLengthsCount(String file, String description) {
        try (FileTrace trace = FileTrace.open(Fixtures.file(file), TraceOptions.defaults())) {
            assertThat(trace.description()).isEqualTo(description);
        }
    }

    @Test
    void aCallOfAFunctionIsAnAnswerAndSoIsWhatAnUnknownSpeakerSays(@TempDir Path folder)
            throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("calls.json"),
                        """
                        [{"tools": "[{}]", "conversations": [{"from": "human", "value": "Rate?"},
                          {"from": "function_call", "value": "{ rate }"}, {"from": "gpt", "value": "A long answer"}]},
                         {"conversations": [{"from": "human", "value": "Rate?"}, {"from": "bing", "value": "{ rate }"}]}]
                        """);
        assertThat(Fixtures.read(file, TraceOptions.defaults()).lengths())
                .as("tools and later answers count for nothing")
                .containsExactly("2/2", "2/2");
    }

    @Test
    void lengthsMayCarryAPrediction() {
        Read trace = Fixtures.read("lengths.csv");
        assertThat(trace.lengths()).containsExactly("25/3", "374/284");
        assertThat(trace.request(1).tokens().predictedOutputTokens()).isEqualTo(280);
        assertThat(trace.stats().rejected()).isEqualTo(Map.of(RejectReason.ZERO_PROMPT, 1L));
        assertThat(Fixtures.read("alpaca-lengths.csv").request(0).caller().model())
                .isEqualTo("Some-7B");
    }

    @Test
    void wordsBecomeTokens() {
        Read trace = Fixtures.read("lmsys-words.csv");
        assertThat(trace.lengths()).containsExactly("9/71", "32/186");
        assertThat(trace.stats().notes()).isEqualTo(Map.of(TraceNote.CONVERTED_FROM_WORDS, 2L));
        assertThat(trace.stats().rejectedRows()).isEqualTo(2);
    }

    @Test
    void zerosCanBeRaisedInstead() {
        TraceOptions raise = TraceOptions.defaults().withZeroLengths(ZeroLengths.RAISE_TO_ONE);
        Read trace = Fixtures.read(Fixtures.file("burstgpt-1.csv"), raise);
        assertThat(trace.lengths())
                .containsExactly("472/18", "1087/230", "417/1", "1/1", "1360/81");
        assertThat(trace.stats().count(TraceNote.ZERO_RAISED)).isEqualTo(2);
    }

    @Test
    void drawnLengthsFollowTheSeed() {
        TraceOptions options = TraceOptions.defaults().withSeed(5);
        Read once = Fixtures.read(Fixtures.file("sharegpt.json"), options);
        Read again = Fixtures.read(Fixtures.file("sharegpt.json"), options);
        Read other = Fixtures.read(Fixtures.file("sharegpt.json"), options.withSeed(6));
        assertThat(again.requests()).isEqualTo(once.requests());
        assertThat(other.lengths()).isNotEqualTo(once.lengths());
    }
}
