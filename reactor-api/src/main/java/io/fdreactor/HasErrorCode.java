// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * An exception with a name that stays the same while its words improve: for programs to branch on and for
 * people to look up in {@code docs/errors.md}. The message ends with it, in brackets.
 */
public interface HasErrorCode {
    /** The code, such as {@code "FDR-WRONG-THREAD"}. */
    String code();
}
