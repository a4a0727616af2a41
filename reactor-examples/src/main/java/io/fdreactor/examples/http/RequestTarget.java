// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import java.util.regex.Pattern;

/**
 * What a request line asks for (RFC 9112, section 3.2). Only the form that belongs to the method is accepted: a target
 * that two programs read in two ways would let a request pass a filter in front of this server.
 *
 * @param path still percent-encoded, valid as such, and empty if the form has none
 * @param query what follows the first question mark, with it; empty if there is none
 */
record RequestTarget(String path, String query) {
    private static final RequestTarget WITHOUT_PATH = new RequestTarget("", "");
    private static final Pattern ABSOLUTE = Pattern.compile("[hH][tT][tT][pP]://([^/?]*)([/?].*)?");
    /** A name, an IPv4 address, or an IP literal in brackets; RFC 3986, section 3.2.2. May be empty. */
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]{0,5})?");

    private static final Pattern PATH = Pattern.compile("/(?:[^%]|%[0-9A-Fa-f]{2})*");

    static RequestTarget parse(String method, String target) throws HttpError {
        if (!isVisible(target)) {
            throw malformed();
        }
        if (method.equals("CONNECT")) {
            if (!isHost(target) || target.lastIndexOf(':') <= 0 || target.endsWith(":")) {
                throw malformed();
            }
            return WITHOUT_PATH;
        }
        if (target.equals("*") && method.equals("OPTIONS")) {
            return WITHOUT_PATH;
        }
        if (target.startsWith("/")) {
            return split(target);
        }
        var absolute = ABSOLUTE.matcher(target);
        if (!absolute.matches()
                || absolute.group(1).isEmpty()
                || absolute.group(1).startsWith(":")
                || !isHost(absolute.group(1))) {
            throw malformed();
        }
        String rest = absolute.group(2) == null ? "" : absolute.group(2);
        return split(rest.startsWith("/") ? rest : "/" + rest);
    }

    /** Whether this is what a Host field may hold. */
    static boolean isHost(String text) {
        return HOST_AND_PORT.matcher(text).matches();
    }

    private static RequestTarget split(String target) throws HttpError {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (!PATH.matcher(path).matches()) {
            throw malformed();
        }
        // A query is for a program that isn't here, so its percent signs are not looked at.
        return new RequestTarget(path, query < 0 ? "" : target.substring(query));
    }

    /** A fragment is never sent, so {@code #} is refused too. */
    private static boolean isVisible(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127 && c != '#');
    }

    private static HttpError malformed() {
        return new HttpError(400, "malformed target");
    }
}
