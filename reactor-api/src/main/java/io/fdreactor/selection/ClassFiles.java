// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
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

    /** The place this class was loaded from; null if its loader keeps that to itself. */
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

    /** All copies of the file; none if the loader can't tell. */
    static List<URL> find(String file, ClassLoader loader) {
        try {
            return Collections.list(loader.getResources(file));
        } catch (IOException unreadable) {
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
        return place.startsWith("file:") ? Path.of(URI.create(place)).toString() : place;
    }
}
