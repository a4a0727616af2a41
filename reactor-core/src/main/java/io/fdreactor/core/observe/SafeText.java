// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import io.fdreactor.FileDescriptor;
import io.fdreactor.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * What users' objects say about themselves, for messages: whatever they throw, there is a text, and whatever it holds, it
 * neither begins another line of a log nor steers a terminal. From any thread.
 */
public final class SafeText {
    private SafeText() {}

    /** The object's {@code toString}, escaped, or its class's name if that throws. */
    public static String of(@Nullable Object object) {
        try {
            return Printable.text(String.valueOf(object));
        } catch (Throwable thrown) {
            return className(object);
        }
    }

    /** The descriptor's {@code logPrefix}, escaped, or its class's name if that throws. */
    public static String logPrefix(FileDescriptor descriptor) {
        try {
            return Printable.text(descriptor.logPrefix());
        } catch (Throwable thrown) {
            return className(descriptor);
        }
    }

    private static String className(@Nullable Object object) {
        return object == null ? "null" : object.getClass().getName();
    }
}
