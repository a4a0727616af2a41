// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * An exception with a code that stays the same when its message is improved: for programs to branch on, and for people
 * to look up in {@code docs/errors.md}. The message ends with the code, in brackets.
 */
public interface HasErrorCode {
    /** {@return the code, such as {@code "FDR-WRONG-THREAD"}} */
    String code();
}
