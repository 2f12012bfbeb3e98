package dev.banyan.platform;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The build doesn't compile the benches, so that a change of what they measure would break them unseen.
class BenchSourcesTest {

    @Test
    void everyBenchCompiles(@TempDir Path classes) throws IOException {
        JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
        var told = new DiagnosticCollector<JavaFileObject>();
        try (StandardJavaFileManager files =
                        compiler.getStandardFileManager(told, Locale.ROOT, StandardCharsets.UTF_8);
                Stream<Path> bench = Files.walk(Path.of("bench"))) {
            List<Path> sources =
                    bench.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options =
                    List.of("-proc:none", "-cp", System.getProperty("java.class.path", ""), "-d", classes.toString());
            var _ = compiler.getTask(
                            Writer.nullWriter(),
                            files,
                            told,
                            options,
                            List.of(),
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        assertThat(told.getDiagnostics())
                .filteredOn(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .isEmpty();
    }
}
