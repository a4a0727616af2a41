// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What the server can do, in the words and with the errors that Redis's clients know. For any thread. */
final class Commands {
    private static final long MAX_MILLIS = TimeUnit.DAYS.toMillis(36_500);

    private final Keyspace keys;

    Commands(Keyspace keys) {
        this.keys = keys;
    }

    /** Whether the client wants to end the connection, which is the connection's to do. */
    boolean isQuit(List<byte[]> request) {
        return request.size() == 1 && text(request.get(0)).equalsIgnoreCase("QUIT");
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
                case "SET" -> set(arity(request, name, 3, 5), replies);
                case "DEL" -> replies.integer(count(request, name, keys::delete));
                case "EXISTS" -> replies.integer(count(request, name, key -> keys.get(key) != null));
                case "INCR" ->
                    replies.integer(increment(arity(request, name, 2, 2).get(1)));
                case "EXPIRE" -> {
                    arity(request, name, 3, 3);
                    long seconds = number(request.get(2));
                    if (Math.abs(seconds) > MAX_MILLIS / 1000) {
                        throw new RespError("ERR invalid expire time in 'expire' command");
                    }
                    replies.integer(keys.expire(request.get(1), seconds * 1000) ? 1 : 0);
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
                case "COMMAND", "CONFIG" -> replies.array(0);
                default -> throw new RespError("ERR unknown command '" + clipped(request.get(0)) + "'");
            }
        } catch (RespError e) {
            replies.error(e.text());
        }
    }

    private void set(List<byte[]> request, Replies replies) throws RespError {
        long millis = -1;
        if (request.size() == 4) {
            throw new RespError("ERR syntax error");
        }
        if (request.size() == 5) {
            long unit = switch (text(request.get(3)).toUpperCase(Locale.ROOT)) {
                case "EX" -> 1000;
                case "PX" -> 1;
                default -> throw new RespError("ERR syntax error");
            };
            long count = number(request.get(4));
            if (count <= 0 || count > MAX_MILLIS / unit) {
                throw new RespError("ERR invalid expire time in 'set' command");
            }
            millis = count * unit;
        }
        if (millis > 0) {
            keys.set(request.get(1), request.get(2), millis);
        } else {
            keys.set(request.get(1), request.get(2));
        }
        replies.status("OK");
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
        try {
            if (digits.length <= 20) {
                return Long.parseLong(text(digits));
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new RespError("ERR value is not an integer or out of range");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String clipped(byte[] word) {
        return text(word).substring(0, Math.min(128, word.length));
    }
}
