// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import io.fdreactor.internal.Printable;
import io.fdreactor.posix.internal.NativeBinding;
import io.fdreactor.posix.internal.ffm.FfmBinding;
import io.fdreactor.posix.internal.jna.JnaBinding;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bindings there are, the fastest first. Nothing of one is loaded before {@link #load}. */
enum Binding {
    /** java.lang.foreign. */
    FFM(22) {
        @Override
        NativeBinding load() {
            return new FfmBinding();
        }

        @Override
        Module caller() {
            return FfmBinding.class.getModule();
        }

        @Override
        String explainOwn(Throwable failure) {
            return "this JVM's java.lang.foreign can't call native functions (" + Printable.text(failure.toString())
                    + ")";
        }
    },

    /** JNA's direct mapping. */
    JNA(17) {
        @Override
        NativeBinding load() {
            return new JnaBinding();
        }

        @Override
        Module caller() {
            return JnaBinding.caller();
        }

        @Override
        String explainOwn(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof ClassNotFoundException
                        || String.valueOf(cause.getMessage()).startsWith("com/sun/jna/")) {
                    return "JNA is missing: add net.java.dev.jna:jna to the class path";
                }
            }
            String said = String.valueOf(failure.getMessage());
            if (said.contains("incompatible JNA native library")) {
                return "the library of another version of JNA lies in the way" + found(said) + ": "
                        + (System.getProperty("jna.boot.library.path") == null
                                ? "start the JVM with -Djna.nosys=true"
                                : "leave -Djna.boot.library.path away, or let it name a directory without that library");
            }
            return "JNA can't load its library (" + Printable.text(failure.toString())
                    + "): it is unpacked into a directory for temporary files,"
                    + " which must be writable and not mounted noexec; name another with -Djna.tmpdir=DIRECTORY";
        }

        /** Which, and what there should be instead, as JNA says it on lines of their own. */
        private static String found(String said) {
            String path = group(PATH, said);
            String versions = group(EXPECTED, said).isEmpty()
                    ? ""
                    : ", version [" + group(FOUND, said) + "] instead of [" + group(EXPECTED, said) + "]";
            return (path.isEmpty() ? "" : " [" + path + "]") + versions;
        }
    };

    private static final Pattern EXPECTED = Pattern.compile("Expected: *(\\S+)");
    private static final Pattern FOUND = Pattern.compile("Found: *(\\S+)");
    private static final Pattern PATH = Pattern.compile("\\(at (.*?)\\)");

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Printable.text(matcher.group(1)) : "";
    }

    private final int firstJava;

    Binding(int firstJava) {
        this.firstJava = firstJava;
    }

    /** Loads what it needs, which may fail with anything: {@link #explain} knows. */
    abstract NativeBinding load();

    /** The module that needs the JVM's leave to call native functions: JEP 472. */
    abstract Module caller();

    /** What a failure means that isn't known to all bindings. */
    abstract String explainOwn(Throwable failure);

    /** The first Java that has what it needs. */
    int firstJava() {
        return firstJava;
    }

    /** As it is called in {@code -Dfdreactor.libc} and in reports. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a failure to load it means, and what to do about it. */
    String explain(Throwable failure) {
        if (Attempt.isShortage(failure)) {
            return "no descriptors, memory or threads are left (" + Printable.text(failure.toString())
                    + "): close what isn't needed or raise the limit (ulimit -n, ulimit -u); it is tried again when"
                    + " it is next asked for";
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalCallerException) {
                Module caller = caller();
                return "this JVM forbids native access: start it with --enable-native-access="
                        + (caller.isNamed() ? caller.getName() : "ALL-UNNAMED");
            }
            String message = String.valueOf(cause.getMessage());
            if (message.startsWith("Error looking up function")) {
                return "this system's libc is too old or too small: " + message;
            }
        }
        return explainOwn(failure);
    }
}
