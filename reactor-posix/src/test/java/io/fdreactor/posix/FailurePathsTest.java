// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After opening, no failure needs a class of this library's that isn't there yet. */
class FailurePathsTest {
    /** Defines this library's classes by itself, until it is told to have no descriptor left. */
    private static final class Directory extends ClassLoader {
        private final List<String> missing = new ArrayList<>();
        private boolean exhausted;

        Directory() {
            super(FailurePathsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                if (!name.startsWith("io.fdreactor.posix.") || name.startsWith("io.fdreactor.posix.internal.jna")) {
                    return super.loadClass(name, resolve);
                }
                if (exhausted) {
                    missing.add(name);
                    throw new ClassNotFoundException(name);
                }
                try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    byte[] bytes = file.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
    }

    @Test
    void acceptingAtTheLimitLoadsNothing() throws Exception {
        Directory directory = new Directory();
        Method load = directory.loadClass(FailurePaths.class.getName()).getDeclaredMethod("load");
        load.setAccessible(true);
        load.invoke(null);
        directory.exhausted = true;
        Method failure =
                directory.loadClass(PosixListenSocket.class.getName()).getDeclaredMethod("failure", int.class);
        failure.setAccessible(true);
        for (int errno = 1; errno < 140; errno++) {
            assertThat(((IOException) failure.invoke(null, errno)).getMessage()).startsWith("accept4 failed: ");
        }
        assertThat(directory.missing).isEmpty();
    }
}
