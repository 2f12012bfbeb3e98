package dev.banyan;

import module java.base;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.Path;

/// The routes from which a method is reached: the walk backwards through the compiled program.
final class ReachingRoutes {

    static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes/dev/banyan");

    private ReachingRoutes() {}

    /// Returns method and path of each, such as `POST /admin/api-keys/{keyId}`.
    static Stream<String> of(JavaCodeUnit unit) {
        return callers(unit).stream().flatMap(ReachingRoutes::routes);
    }

    /// Returns the methods from which this one is reached, itself too.
    private static Set<JavaCodeUnit> callers(JavaCodeUnit start) {
        var seen = new HashSet<JavaCodeUnit>();
        var open = new ArrayDeque<JavaCodeUnit>(List.of(start));
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.pop();
            if (!seen.add(unit)) {
                continue;
            }
            unit.getAccessesToSelf().forEach(access -> open.add(access.getOrigin()));
            Stream.concat(
                            unit.getOwner().getAllRawInterfaces().stream(),
                            unit.getOwner().getAllRawSuperclasses().stream())
                    .filter(type -> type.getPackageName().startsWith("dev.banyan"))
                    .map(type -> type.tryGetCodeUnitWithParameterTypeNames(
                            unit.getName(),
                            unit.getRawParameterTypes().stream()
                                    .map(JavaClass::getName)
                                    .toList()))
                    .flatMap(Optional::stream)
                    .forEach(open::add);
        }
        return seen;
    }

    private static Stream<String> routes(JavaCodeUnit unit) {
        Optional<String> verb = unit.getAnnotations().stream()
                .map(annotation -> annotation.getRawType().getName())
                .filter(name -> name.matches("jakarta\\.ws\\.rs\\.(GET|POST|PUT|DELETE|PATCH)"))
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .findFirst();
        if (verb.isEmpty()) {
            return Stream.empty();
        }
        String below = unit.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        return Stream.concat(Stream.of(unit.getOwner()), unit.getOwner().getAllSubclasses().stream())
                .flatMap(type -> type.tryGetAnnotationOfType(Path.class).stream())
                .map(path -> verb.get() + " "
                        + ("/" + path.value() + "/" + below)
                                .replaceAll("/+", "/")
                                .replaceAll("(.)/$", "$1"));
    }
}
