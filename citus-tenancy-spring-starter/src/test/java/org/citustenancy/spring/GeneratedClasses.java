package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.core.io.InputStreamSource;

/** Compiles what was generated, and loads it again beside all other classes, because it calls what is private to packages. */
final class GeneratedClasses {

    private final Path sources;
    private final Path classes;

    GeneratedClasses(Path directory) {
        this.sources = directory.resolve("sources");
        this.classes = directory.resolve("classes");
    }

    URLClassLoader compile(InMemoryGeneratedFiles generated) throws IOException {
        write(generated.getGeneratedFiles(Kind.CLASS), classes);
        List<Path> written = write(generated.getGeneratedFiles(Kind.SOURCE), sources);
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
        written.forEach(file -> arguments.add(file.toString()));
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .as("the compiler's answer")
                .isZero();
        List<URL> path = new ArrayList<>(List.of(url(classes)));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            path.add(url(Path.of(entry)));
        }
        return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    private static List<Path> write(Map<String, InputStreamSource> files, Path directory) throws IOException {
        List<Path> written = new ArrayList<>();
        for (var file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            try (InputStream content = file.getValue().getInputStream()) {
                Files.copy(content, path);
            }
            written.add(path);
        }
        return written;
    }
}
