// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An http URL as its user writes it: {@link java.net.URI} knows no host with an underscore or outside ASCII, and no path
 * with a bar or a brace.
 *
 * @param text as it was written
 * @param host ASCII, without the brackets of an IP literal
 * @param target path and query, ASCII
 */
record HttpUrl(String text, String host, int port, String target) {
    private static final int DEFAULT_PORT = 80;
    private static final int MAX_PORT = 65_535;
    private static final Pattern URL = Pattern.compile(
            "http://(\\[[0-9a-f:.]+]|[^\\[\\]:/?#@\\s]+)(?::([0-9]{0,5}))?([/?][^#]*)?(?:#.*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** @throws IllegalArgumentException if it is something else */
    static HttpUrl parse(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new IllegalArgumentException("[" + text + "] is not http://HOST[:PORT]/PATH");
        }
        String portText = url.group(2);
        int port = portText == null || portText.isEmpty() ? DEFAULT_PORT : Integer.parseInt(portText);
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("[" + text + "] has a port that is not from 1 to " + MAX_PORT);
        }
        String target = url.group(3) == null ? "/" : url.group(3);
        return new HttpUrl(
                text, ascii(text, url.group(1)), port, encoded(target.startsWith("/") ? target : "/" + target));
    }

    private static String ascii(String text, String host) {
        String name;
        try {
            // What is in ASCII already is nobody's to judge: there are hosts with underscores.
            boolean isAscii = host.chars().allMatch(c -> c < 128);
            name = isAscii ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("[" + text + "] has no valid host", e);
        }
        if (!RequestTarget.isHost(name)) {
            throw new IllegalArgumentException("[" + text + "] has no valid host");
        }
        return name.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
    }

    private static String encoded(String target) {
        StringBuilder encoded = new StringBuilder(target.length());
        for (byte b : target.getBytes(UTF_8)) {
            if (b > ' ' && b < 127 && "\"<>\\^`{|}".indexOf(b) < 0) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b & 0xFF));
            }
        }
        return encoded.toString();
    }

    /** What the Host field says. */
    String authority() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == DEFAULT_PORT ? name : name + ":" + port;
    }
}
