// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ConnectionDone;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReceiverTest {
    private final RecordingLines lines = new RecordingLines("\r\n", 20);
    private final MemoryTransport transport = MemoryTransport.of(lines);

    @Test
    void linesComeWithoutTheirDelimiter() {
        transport.receive("one\r\n\r\nthree\r\nand a ha");
        assertThat(lines.told).containsExactly("line one", "line ", "line three");
        transport.receive("lf\r\n");
        assertThat(lines.told).last().isEqualTo("line and a half");
    }

    @Test
    void aBareLineFeedOrCarriageReturnEndsNoLine() {
        transport.receive("a\nb\rc\r\r\n\n\r\n");
        assertThat(lines.told).containsExactly("line a\nb\rc\r", "line \n");
    }

    @Test
    void itMakesNoDifferenceWhereTheInputIsCut() {
        String input = "one\r\n\r\n\r\r\n\nraw\r\nhello\r\n.two\r\npause and resume\r\nraw\r\n.quit\r\nnot this";
        List<String> whole = told(input, input.length(), 0);
        assertThat(whole)
                .containsExactly(
                        "line one",
                        "line ",
                        "line \r",
                        "line \nraw",
                        "line hello",
                        "line .two",
                        "line pause and resume",
                        "line raw",
                        "raw ",
                        "line quit");
        for (int first = 0; first <= input.length(); first++) {
            for (int second = first; second <= input.length(); second++) {
                assertThat(told(input, first, second)).isEqualTo(whole);
            }
        }
    }

    private static List<String> told(String input, int first, int second) {
        RecordingLines lines = new RecordingLines("\r\n", 20);
        MemoryTransport transport = MemoryTransport.of(lines);
        transport.receive(input.substring(0, first));
        transport.receive(input.substring(first, Math.max(first, second)));
        transport.receive(input.substring(Math.max(first, second)));
        return lines.told;
    }

    /** Raw data up to a semicolon is a part; after each it takes lines, and thinks better of it. */
    private static final class Parts extends LineReceiver {
        final List<String> told = new ArrayList<>();
        boolean consumes = true;

        @Override
        protected void lineReceived(ByteBuffer line) {
            told.add("line " + ISO_8859_1.decode(line));
            setRawMode();
        }

        @Override
        protected void rawDataReceived(ByteBuffer data) {
            StringBuilder part = new StringBuilder("raw ");
            while (consumes && data.hasRemaining()) {
                char next = (char) data.get();
                if (next == ';') {
                    break;
                }
                part.append(next);
            }
            told.add(part.toString());
            setLineMode();
            setRawMode();
        }
    }

    @Test
    void whoAsksForLinesAndThenForRawDataGetsTheRestAsRawData() {
        Parts parts = new Parts();
        MemoryTransport.of(parts).receive("line\r\none;two;three");
        assertThat(parts.told).containsExactly("line line", "raw one", "raw two", "raw three");
    }

    @Test
    void rawDataThatIsNotTouchedIsHandedOverOnce() {
        Parts parts = new Parts();
        MemoryTransport transport = MemoryTransport.of(parts);
        parts.consumes = false;
        transport.receive("line\r\none;two");
        parts.consumes = true;
        transport.receive("three");
        assertThat(parts.told).containsExactly("line line", "raw ", "raw three");
    }

    @Test
    void aLineMayBeAsLongAsTheLimit() {
        String longest = "x".repeat(20);
        transport.receive(longest + "\r\n" + longest);
        transport.receive("\r");
        transport.receive("\n");
        assertThat(lines.told).containsExactly("line " + longest, "line " + longest);
    }

    @Test
    void aLineThatIsTooLongClosesTheConnectionAndEndsTheInput() {
        String tooLong = "x".repeat(21);
        transport.receive("one\r\n" + tooLong + "\r\ntwo\r\n");
        assertThat(lines.told).containsExactly("line one", "too long");
        assertThat(transport.isClosed()).isTrue();
    }

    @Test
    void aLineThatDoesNotEndIsNoticedWhenItCannotEndInTimeAnyMore() {
        transport.receive("x".repeat(20) + "\r");
        assertThat(lines.told).isEmpty();
        transport.receive("x");
        assertThat(lines.told).containsExactly("too long");
    }

    @Test
    void aPauseStopsLinesThatHaveComeAlready() {
        transport.receive("one\r\npause\r\ntwo\r\npause\r\nthree\r\nfo");
        assertThat(lines.told).containsExactly("line one", "line pause");
        assertThat(transport.isPaused()).isTrue();
        lines.resumeProducing();
        assertThat(lines.told).containsExactly("line one", "line pause", "line two", "line pause");
        assertThat(transport.isPaused()).isTrue();
        lines.resumeProducing();
        assertThat(lines.told).last().isEqualTo("line three");
        assertThat(transport.isPaused()).isFalse();
        transport.receive("ur\r\n");
        assertThat(lines.told).last().isEqualTo("line four");
    }

    @Test
    void aConnectionLostDuringAPauseDeliversNothingMore() {
        transport.receive("pause\r\none\r\n");
        transport.lose(ConnectionDone.INSTANCE);
        lines.resumeProducing();
        assertThat(lines.told).containsExactly("line pause");
    }

    @Test
    void nothingIsDeliveredOnceThisSideCloses() {
        transport.receive("quit\r\none\r\n");
        assertThat(lines.told).containsExactly("line quit");
    }

    @Test
    void rawDataEndsWhereTheProtocolSaysSo() {
        transport.receive("raw\r\nab");
        transport.receive("cd.one\r\n");
        assertThat(lines.told).containsExactly("line raw", "raw ab", "raw cd", "line one");
    }

    @Test
    void aLineIsSentWithItsDelimiter() {
        transport.receive("hello\r\nhello\r\n");
        assertThat(transport.takeSent()).isEqualTo("hello yourself\r\nhello yourself\r\n");
    }

    @Test
    void aDelimiterMayRepeatItself() {
        RecordingLines other = new RecordingLines("aab", 20);
        MemoryTransport to = MemoryTransport.of(other);
        for (char next : "aaabxaabaab".toCharArray()) {
            to.receive(String.valueOf(next));
        }
        assertThat(other.told).containsExactly("line a", "line x", "line ");
    }

    @Test
    void aLineThatLiesInOnePieceIsNotCopied() {
        List<ByteBuffer> seen = new ArrayList<>();
        LineReceiver receiver = new LineReceiver() {
            @Override
            protected void lineReceived(ByteBuffer line) {
                seen.add(line);
                line.clear(); // What a handler does to the buffer is of no consequence.
            }
        };
        receiver.makeConnection(new MemoryTransport());
        ByteBuffer input = ByteBuffer.wrap("one\r\ntwo\r\n".getBytes(ISO_8859_1));
        receiver.dataReceived(input);
        assertThat(seen).hasSize(2).allSatisfy(buffer -> assertThat(buffer).isSameAs(input));
        assertThat(input.hasRemaining()).isFalse();
    }

    @Test
    void whatAHandlerThrowsReachesTheTransport() {
        LineReceiver receiver = new LineReceiver() {
            @Override
            protected void lineReceived(ByteBuffer line) {
                setRawMode();
            }
        };
        MemoryTransport to = MemoryTransport.of(receiver);
        assertThatThrownBy(() -> to.receive("one\r\ntwo"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("override rawDataReceived");
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new RecordingLines("", 1)).hasMessageContaining("can't be empty");
        assertThatThrownBy(() -> new RecordingLines("\n", 0)).hasMessageContaining("[0]");
    }
}
