// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import io.fdreactor.spi.ReactorProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles providers in memory and packs them into jars, with whatever is to be wrong with them. */
final class ProviderJars implements AutoCloseable {
    static final String SERVICE_FILE = "META-INF/services/" + ReactorProvider.class.getName();

    private final Path directory;
    private final List<Path> jars = new ArrayList<>();
    private final List<URLClassLoader> loaders = new ArrayList<>();

    ProviderJars(Path directory) {
        this.directory = directory;
    }

    /** A jar with one class {@code com.acme.NAME} that extends {@link StubProvider}. */
    Path provider(String jar, String name, String id, int priority, String... members) throws IOException {
        return jar(jar, List.of("com.acme." + name), compile(source(name, id, priority, members)));
    }

    /** A jar with these class files, and a service file that names these providers. */
    Path jar(String jar, List<String> providers, Map<String, byte[]> classFiles) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(classFiles);
        entries.put(SERVICE_FILE, String.join("\n", providers).getBytes(StandardCharsets.UTF_8));
        Path path = directory.resolve(jar);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(path))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        jars.add(path);
        return path;
    }

    /** A class loader over all jars made so far, in the order of their making. */
    URLClassLoader loader() throws IOException {
        return loader(jars);
    }

    URLClassLoader loader(List<Path> path) throws IOException {
        URL[] urls = new URL[path.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = path.get(i).toUri().toURL();
        }
        URLClassLoader loader = new URLClassLoader(urls, ProviderJars.class.getClassLoader());
        loaders.add(loader);
        return loader;
    }

    @Override
    public void close() throws IOException {
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
    }

    static String source(String name, String id, int priority, String... members) {
        return """
                package com.acme;
                import io.fdreactor.*;
                import io.fdreactor.spi.*;
                public class %1$s extends io.fdreactor.selection.StubProvider {
                    public %1$s() { super("%2$s", %3$d); }
                    %4$s
                }
                """.formatted(name, id, priority, String.join("\n", members));
    }

    /** Class files by their names in a jar. Every source is one public class. */
    static Map<String, byte[]> compile(String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        MemoryFiles files = new MemoryFiles(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8));
        String classPath = Stream.of(ReactorProvider.class, StubProvider.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
        StringWriter messages = new StringWriter();
        List<String> options = List.of("-classpath", classPath, "-proc:none", "-Xlint:none", "-nowarn");
        List<Source> units = Arrays.stream(sources).map(Source::new).toList();
        if (!compiler.getTask(messages, files, null, options, null, units).call()) {
            throw new AssertionError(messages);
        }
        Map<String, byte[]> classFiles = new LinkedHashMap<>();
        files.outputs.forEach((name, bytes) -> classFiles.put(name.replace('.', '/') + ".class", bytes.toByteArray()));
        return classFiles;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///" + className(text) + ".java"), Kind.SOURCE);
            this.text = text;
        }

        private static String className(String text) {
            return text.replaceFirst("(?s).*?public (?:abstract )?(?:class|interface) (\\w+).*", "$1");
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> outputs = new LinkedHashMap<>();

        MemoryFiles(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    outputs.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}
