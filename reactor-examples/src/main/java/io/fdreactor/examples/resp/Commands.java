// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the server can do, in the words and with the errors that Redis's clients know. For any thread. */
final class Commands {
    /** string2ll's: no plus, no leading zero, no minus zero. */
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    private static final int MAX_QUOTED_BYTES = 128;

    private final Keyspace keys;
    private final MemoryLimit memory;

    Commands(Keyspace keys, MemoryLimit memory) {
        this.keys = keys;
        this.memory = memory;
    }

    MemoryLimit memory() {
        return memory;
    }

    /** Whether the client wants to end the connection, which is the connection's to do. */
    boolean isQuit(List<byte[]> request) {
        return text(request.get(0)).equalsIgnoreCase("QUIT");
    }

    /** Does what is asked and replies, once. */
    void execute(List<byte[]> request, Replies replies) {
        String name = text(request.get(0)).toUpperCase(Locale.ROOT);
        try {
            switch (name) {
                case "PING" -> {
                    arity(request, name, 1, 2);
                    if (request.size() == 1) {
                        replies.status("PONG");
                    } else {
                        replies.bulk(request.get(1));
                    }
                }
                case "ECHO" -> replies.bulk(arity(request, name, 2, 2).get(1));
                case "GET" -> replies.bulk(keys.get(arity(request, name, 2, 2).get(1)));
                case "SET" -> {
                    arity(request, name, 3, Integer.MAX_VALUE);
                    checkMemory();
                    set(request, replies);
                }
                case "DEL" -> replies.integer(count(request, name, keys::delete));
                case "EXISTS" -> replies.integer(count(request, name, key -> keys.get(key) != null));
                case "INCR" -> {
                    arity(request, name, 2, 2);
                    checkMemory();
                    replies.integer(increment(request.get(1)));
                }
                case "EXPIRE" -> {
                    arity(request, name, 3, Integer.MAX_VALUE);
                    if (request.size() > 3) {
                        throw new RespError("ERR Unsupported option " + clipped(request.get(3)));
                    }
                    long seconds = number(request.get(2));
                    replies.integer(keys.expire(request.get(1), millis(seconds, 1000, "expire")) ? 1 : 0);
                }
                case "TTL" -> {
                    long millis = keys.millisToLive(arity(request, name, 2, 2).get(1));
                    replies.integer(millis < 0 ? millis : (millis + 500) / 1000);
                }
                case "PTTL" ->
                    replies.integer(keys.millisToLive(arity(request, name, 2, 2).get(1)));
                case "KEYS" -> {
                    Glob pattern = new Glob(arity(request, name, 2, 2).get(1));
                    replies.bulks(keys.matching(pattern::matches));
                }
                case "DBSIZE" -> {
                    arity(request, name, 1, 1);
                    replies.integer(keys.size());
                }
                // What redis-cli and redis-benchmark ask on their own, to know the server better.
                case "COMMAND" -> replies.array(0);
                case "CONFIG" -> config(arity(request, name, 2, Integer.MAX_VALUE), replies);
                default ->
                    throw new RespError("ERR unknown command '" + clipped(request.get(0))
                            + "', with args beginning with: " + quoted(request.subList(1, request.size())));
            }
        } catch (RespError e) {
            replies.error(e.text());
        }
    }

    private void set(List<byte[]> request, Replies replies) throws RespError {
        long millis = -1;
        if (request.size() == 4 || request.size() > 5) {
            throw new RespError("ERR syntax error");
        }
        if (request.size() == 5) {
            long unit = switch (text(request.get(3)).toUpperCase(Locale.ROOT)) {
                case "EX" -> 1000;
                case "PX" -> 1;
                default -> throw new RespError("ERR syntax error");
            };
            long count = number(request.get(4));
            if (count <= 0) {
                throw new RespError("ERR invalid expire time in 'set' command");
            }
            millis = millis(count, unit, "set");
        }
        if (millis > 0) {
            keys.set(request.get(1), request.get(2), millis);
        } else {
            keys.set(request.get(1), request.get(2));
        }
        replies.status("OK");
    }

    /** Before anything is changed, as redis-server does it: so what is deleted and what expires makes room. */
    private void checkMemory() throws RespError {
        if (keys.isFull()) {
            throw new RespError(MemoryLimit.EXCEEDED);
        }
    }

    /** Redis keeps the time of day at which a key expires, in milliseconds: that has to be a number, too. */
    private static long millis(long count, long unitMillis, String command) throws RespError {
        long mostMillis = Long.MAX_VALUE - System.currentTimeMillis();
        if (count > Long.MAX_VALUE / unitMillis
                || count < Long.MIN_VALUE / unitMillis
                || count * unitMillis > mostMillis) {
            throw new RespError("ERR invalid expire time in '" + command + "' command");
        }
        return count * unitMillis;
    }

    /** What redis-benchmark asks for, and the limit. */
    private void config(List<byte[]> request, Replies replies) throws RespError {
        if (!text(request.get(1)).equalsIgnoreCase("GET")) {
            throw new RespError("ERR unknown subcommand '" + clipped(request.get(1)) + "'. Try CONFIG HELP.");
        }
        if (request.size() < 3) {
            throw new RespError("ERR wrong number of arguments for 'config|get' command");
        }
        Map<String, String> settings = new TreeMap<>(Map.of(
                "appendonly",
                "no",
                "save",
                "",
                "maxmemory",
                Long.toString(memory.maxBytes()),
                "maxmemory-policy",
                "noeviction"));
        List<byte[]> found = new ArrayList<>();
        settings.forEach((name, value) -> {
            for (byte[] pattern : request.subList(2, request.size())) {
                byte[] lower = text(pattern).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
                if (new Glob(lower).matches(name.getBytes(StandardCharsets.US_ASCII))) {
                    // Redis gives back a name as it was asked for.
                    boolean isName = text(lower).equals(name);
                    found.add(isName ? pattern : name.getBytes(StandardCharsets.US_ASCII));
                    found.add(value.getBytes(StandardCharsets.US_ASCII));
                    return;
                }
            }
        });
        replies.bulks(found);
    }

    private long increment(byte[] key) throws RespError {
        while (true) {
            byte[] value = keys.get(key);
            long number = value == null ? 0 : number(value);
            if (number == Long.MAX_VALUE) {
                throw new RespError("ERR increment or decrement would overflow");
            }
            if (keys.replace(key, value, Long.toString(number + 1).getBytes(StandardCharsets.US_ASCII))) {
                return number + 1;
            }
            // Another reactor has changed it meanwhile.
        }
    }

    private interface Test {
        boolean holds(byte[] key);
    }

    /** For how many of the keys that are named something holds. */
    private static int count(List<byte[]> request, String name, Test test) throws RespError {
        int count = 0;
        for (byte[] key : arity(request, name, 2, Integer.MAX_VALUE).subList(1, request.size())) {
            count += test.holds(key) ? 1 : 0;
        }
        return count;
    }

    private static List<byte[]> arity(List<byte[]> request, String name, int least, int most) throws RespError {
        if (request.size() < least || request.size() > most) {
            throw new RespError("ERR wrong number of arguments for '" + name.toLowerCase(Locale.ROOT) + "' command");
        }
        return request;
    }

    private static long number(byte[] digits) throws RespError {
        String text = text(digits);
        try {
            if (NUMBER.matcher(text).matches()) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            // Nineteen digits may be too many.
        }
        throw new RespError("ERR value is not an integer or out of range");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String clipped(byte[] word) {
        return new String(word, 0, Math.min(MAX_QUOTED_BYTES, word.length), StandardCharsets.ISO_8859_1);
    }

    private static String quoted(List<byte[]> words) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < words.size() && quoted.length() < MAX_QUOTED_BYTES; i++) {
            String word = clipped(words.get(i));
            int most = MAX_QUOTED_BYTES - quoted.length();
            quoted.append('\'').append(word, 0, Math.min(most, word.length())).append("' ");
        }
        return quoted.toString();
    }
}
