// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where files of the class path lie: jars or directories, as paths; the URL's own text for what is neither. */
final class ClassFiles {
    private ClassFiles() {}

    static String nameOf(String className) {
        return className.replace('.', '/') + ".class";
    }

    /** The place this class was loaded from; null if its loader doesn't reveal it. */
    static @Nullable String locationOf(Class<?> type) {
        String file = nameOf(type.getName());
        ClassLoader loader = type.getClassLoader();
        URL url = loader == null ? ClassLoader.getSystemResource(file) : loader.getResource(file);
        return url == null ? null : location(url, file);
    }

    /** All places that hold the file, the one that the loaders prefer first. */
    static Set<String> locations(String file, Collection<ClassLoader> loaders) {
        Set<String> locations = new LinkedHashSet<>();
        for (ClassLoader loader : loaders) {
            for (URL url : find(file, loader)) {
                locations.add(location(url, file));
            }
        }
        return locations;
    }

    /** All copies of the file; none if the loader can't list them. */
    static List<URL> find(String file, ClassLoader loader) {
        try {
            return Collections.list(loader.getResources(file));
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
    }

    /** The place where the URL has found the file. */
    static String location(URL url, String file) {
        String text = url.toString();
        int jarEnd = text.lastIndexOf("!/");
        String place;
        if (text.startsWith("jar:") && jarEnd > 0) {
            place = text.substring("jar:".length(), jarEnd);
        } else if (text.endsWith("/" + file)) {
            place = text.substring(0, text.length() - file.length() - 1);
        } else {
            return text;
        }
        return place.startsWith("file:") ? path(place.substring("file:".length()), place) : place;
    }

    /**
     * The path that the rest of a {@code file:} URL means. Class loaders take URLs that are no URIs, and here they are
     * only shown: relative ones, those that name a host, those with blanks and lone percent signs.
     *
     * @param url what is shown if it is none at all
     */
    private static String path(String rest, String url) {
        String path = rest;
        if (path.startsWith("//")) {
            int hostEnd = path.indexOf('/', 2);
            path = hostEnd < 0 ? "" : path.substring(hostEnd);
        }
        if (path.matches("/[A-Za-z]:.*")) {
            path = path.substring(1); // Windows: file:/C:/lib
        }
        try {
            return Path.of(decode(path)).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException shownAsItIs) {
            return url;
        }
    }

    /** Resolves {@code %20} and the like, of UTF-8, and leaves alone what isn't of that sort. */
    private static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            int high = i + 2 < text.length() && text.charAt(i) == '%' ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 3;
            } else {
                String character = Character.toString(text.codePointAt(i));
                bytes.writeBytes(character.getBytes(StandardCharsets.UTF_8));
                i += character.length();
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
