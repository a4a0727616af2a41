// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.spi.ReactorProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule SPI-01: the class path and the module path offer the same provider. */
class ProvidedServicesTest {
    private static final String SERVICE = ReactorProvider.class.getName();

    @ParameterizedTest
    @CsvSource({
        "reactor-epoll, io.fdreactor.epoll.EPollReactorProvider, epoll, 300",
        "reactor-poll, io.fdreactor.poll.PollReactorProvider, poll, 200",
        "reactor-select, io.fdreactor.select.SelectReactorProvider, select, 100"
    })
    void theServiceFileAndTheModuleAgree(String module, String provider, String id, int priority) throws Exception {
        Path jar = Jars.of(module);

        assertThat(namedInServiceFile(jar)).containsExactly(provider);
        assertThat(providedByModule(jar)).containsExactly(provider);
        Class<?> type = Class.forName(provider);
        assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
        assertThat(Modifier.isPublic(type.getConstructor().getModifiers())).isTrue();
        ReactorProvider made = (ReactorProvider) type.getConstructor().newInstance();
        assertThat(made.id()).isEqualTo(id);
        assertThat(made.priority()).isEqualTo(priority);
    }

    private static List<String> namedInServiceFile(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.getEntry("META-INF/services/" + SERVICE);
            assertThat(entry).as("the service file in [%s]", jar).isNotNull();
            try (InputStream in = file.getInputStream(entry)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
            }
        }
    }

    private static List<String> providedByModule(Path jar) {
        Set<ModuleReference> modules = ModuleFinder.of(jar).findAll();
        assertThat(modules).hasSize(1);
        ModuleDescriptor descriptor = modules.iterator().next().descriptor();
        assertThat(descriptor.isAutomatic()).isFalse();
        return descriptor.provides().stream()
                .filter(provides -> provides.service().equals(SERVICE))
                .flatMap(provides -> provides.providers().stream())
                .toList();
    }
}
