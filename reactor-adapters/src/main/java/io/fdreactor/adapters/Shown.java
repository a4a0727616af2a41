// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

/**
 * A user's object in a message: its {@code toString} may throw, or return characters that a log or a terminal
 * interprets.
 */
final class Shown {
    private Shown() {}

    static String of(Object object) {
        String text;
        try {
            text = String.valueOf(object);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable failed) {
            return object.getClass().getName();
        }
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
