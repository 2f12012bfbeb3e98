package dev.banyan.siblings;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import module java.base;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs the tests for every database once more, with a separate class loader ([StoreLoader]).
final class ContractRun {

    private static final Path TESTS = Path.of("target/test-classes");
    private static final Path CODE = Path.of("target/classes");
    private static final String MARK = "Ldev/banyan/platform/db/OnEveryDatabase;";

    /// Tests of rules that are the only ones to call some store on both databases.
    private static final Set<String> ALSO = Set.of(
            "AssistantsTest",
            "AttachmentsTest",
            "AuditChainTest",
            "DeletedContentsTest",
            "ErasuresTest",
            "GracesTest",
            "QuotasTest",
            "RecentContextsTest",
            "SubscriptionsTest",
            "ThumbnailsTest",
            "WorkspacesTest");

    private final StoreLoader loader = new StoreLoader();
    private final Launcher launcher;

    ContractRun() {
        this.launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine())
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build());
    }

    /// Returns the tests with `@OnEveryDatabase` about stored data.
    List<Class<?>> tests() {
        return classes(TESTS, "Test.class")
                .filter(file -> {
                    String name = file.getFileName().toString().replace(".class", "");
                    return name.endsWith("ContractTest") || ALSO.contains(name);
                })
                .filter(ContractRun::isMarked)
                .map(this::load)
                .toList();
    }

    List<Class<?>> stores() {
        return classes(CODE, "Store.class").map(this::load).toList();
    }

    private static Stream<Path> classes(Path folder, String end) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(end))
                    .sorted()
                    .map(folder::relativize)
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isMarked(Path file) {
        try {
            return Files.readString(TESTS.resolve(file), StandardCharsets.ISO_8859_1)
                    .contains(MARK);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Class<?> load(Path file) {
        String name = file.toString().replace(".class", "").replace('/', '.');
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException failure) {
            throw new AssertionError(failure);
        }
    }

    /// @return the failures, with their reasons
    List<String> run(List<Class<?>> tests) {
        var failures = new ArrayList<String>();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests.stream().map(test -> selectClass(test)).toList())
                .build();
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        try {
            launcher.execute(request, new TestExecutionListener() {
                @Override
                public void executionStarted(TestIdentifier test) {
                    if (test.isContainer()) {
                        Siblings.begin();
                    }
                }

                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    if (result.getStatus() != Status.SUCCESSFUL) {
                        failures.add(test.getUniqueId() + ": "
                                + result.getThrowable().map(Throwable::toString).orElse("aborted"));
                    }
                }
            });
        } finally {
            current.setContextClassLoader(before);
        }
        return failures;
    }
}
