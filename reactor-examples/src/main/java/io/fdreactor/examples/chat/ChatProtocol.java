// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fdreactor.protocols.LineReceiver;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One connection: nobody until its first line has given a name, and a member of the room from then on.
 *
 * <p>The room can't wait for one who doesn't read, so no more than so much is kept for him; then he is put out. Lest one
 * who talks fast gets the others put out, who would read if they were given the time, he waits now and then until all have heard him.
 *
 * <p>Nothing that a terminal would obey passes: control characters, and those that turn the direction of what follows.
 */
final class ChatProtocol extends LineReceiver {
    private static final int MAX_LINE_BYTES = 1024;
    private static final int MAX_NAME_LENGTH = 32;
    private static final int MAX_NAMES_SHOWN = 100;
    private static final long MAX_UNREAD_BYTES = 256 * 1024;
    private static final int LINES_PER_TURN = 64;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private final ChatRoom room;
    private int lines;
    /** Empty before it is in the room. */
    private String name = "";

    ChatProtocol(ChatRoom room) {
        super("\n", MAX_LINE_BYTES);
        this.room = room;
    }

    @Override
    public void connectionMade() {
        sendLine("* your name?");
    }

    @Override
    protected void lineReceived(ByteBuffer line) {
        if (++lines % LINES_PER_TURN == 0) {
            pauseProducing();
            room.whenHeard(this::resumeProducing);
        }
        int last = line.limit() - 1;
        if (line.hasRemaining() && line.get(last) == '\r') {
            line.limit(last);
        }
        String text = UTF_8.decode(line).toString();
        if (name.isEmpty()) {
            enter(text.strip());
        } else {
            say(UNPRINTABLE.matcher(text).replaceAll("").strip());
        }
    }

    private void enter(String wanted) {
        int length = wanted.codePointCount(0, wanted.length());
        if (length == 0
                || length > MAX_NAME_LENGTH
                || UNPRINTABLE.matcher(wanted).find()) {
            hear("* a name has 1 to " + MAX_NAME_LENGTH + " printable characters; another one?");
        } else if (wanted.startsWith("/") || wanted.startsWith("*")) {
            hear("* a name doesn't begin with [" + wanted.charAt(0) + "]; another one?");
        } else {
            name = wanted;
            if (room.join(wanted, this)) {
                who();
            } else {
                name = "";
                hear("* [" + wanted + "] is here already; another name?");
            }
        }
    }

    private void say(String text) {
        if (text.equals("/quit")) {
            hear("* bye");
            close();
        } else if (text.equals("/who")) {
            who();
        } else if (text.startsWith("/")) {
            hear("* there is /who and /quit, and no [" + text + "]");
        } else if (!text.isEmpty()) {
            room.tell(this, name + ": " + text);
        }
    }

    private void who() {
        List<String> names = room.names();
        int others = Math.max(0, names.size() - MAX_NAMES_SHOWN);
        hear("* here: " + String.join(", ", names.subList(0, names.size() - others))
                + (others == 0 ? "" : " and " + others + " more"));
    }

    @Override
    protected void lineLengthExceeded() {
        sendLine("* a line has at most " + MAX_LINE_BYTES + " bytes; bye");
        close();
    }

    private void close() {
        room.leave(name, this, "has left");
        transport().loseConnection();
    }

    @Override
    public void connectionLost(Throwable reason) {
        room.leave(name, this, "has left");
    }

    /** Sends a line, and does without this visitor if too many wait. */
    void hear(String line) {
        sendLine(line);
        if (transport().bufferedBytes() > MAX_UNREAD_BYTES) {
            transport().abortConnection();
            room.leave(name, this, "didn't listen and was put out");
        }
    }
}
