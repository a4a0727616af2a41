// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.spi.ReactorProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A provider that comes in a modular jar, whose two registers may differ. */
final class ProviderJar {
    private static final String TYPE = "com.acme.AcmeProvider";
    private static final String SERVICE = ReactorProvider.class.getName();

    private static final String PROVIDER = """
            package com.acme;

            public final class AcmeProvider implements io.fdreactor.spi.ReactorProvider {
              @Override public String id() { return "acme"; }
              @Override public int priority() { return 1; }
              @Override public java.util.Set<io.fdreactor.Capability> capabilities() { return java.util.Set.of(); }
              @Override public io.fdreactor.spi.Availability availability() {
                return io.fdreactor.spi.Availability.available();
              }
              @Override public io.fdreactor.Reactor open(io.fdreactor.ReactorConfig config) {
                throw new UnsupportedOperationException("only its registers are asked");
              }
            }
            """;

    private ProviderJar() {}

    /**
     * Makes the jar and the provider.
     *
     * @param directory an empty one
     * @param provides whether the module provides it
     * @param lists whether the service file lists it
     */
    static ReactorProvider provider(Path directory, boolean provides, boolean lists)
            throws IOException, ReflectiveOperationException {
        String clause = provides ? "provides " + SERVICE + " with " + TYPE + ";" : "";
        compile(
                directory,
                Map.of(
                        "module-info.java",
                        "module com.acme { requires io.fdreactor.api; " + clause + " exports com.acme; }",
                        "AcmeProvider.java",
                        PROVIDER));
        Path jar = directory.resolve("acme.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String entry : List.of("module-info.class", "com/acme/AcmeProvider.class")) {
                put(out, entry, Files.readAllBytes(directory.resolve(entry)));
            }
            if (lists) {
                put(out, "META-INF/services/" + SERVICE, TYPE.getBytes(StandardCharsets.UTF_8));
            }
        }
        // Stays open: the provider is asked after this returns.
        URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ProviderJar.class.getClassLoader());
        return (ReactorProvider) loader.loadClass(TYPE).getConstructor().newInstance();
    }

    private static void compile(Path directory, Map<String, String> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Files.writeString(directory.resolve(source.getKey()), source.getValue());
        }
        int status = compiler.run(
                null,
                null,
                null,
                "-d",
                directory.toString(),
                "-p",
                System.getProperty("java.class.path"),
                directory.resolve("module-info.java").toString(),
                directory.resolve("AcmeProvider.java").toString());
        if (status != 0) {
            throw new IllegalStateException("can't compile " + sources);
        }
    }

    private static void put(JarOutputStream out, String entry, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(entry));
        out.write(bytes);
        out.closeEntry();
    }
}
