package dev.banyan;

import module java.base;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.Path;

/// The routes from which a method is reached: the walk backwards through the compiled program.
public final class ReachingRoutes {

    /// All classes of the program, read once for all tests: that takes twenty seconds.
    public static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes/dev/banyan");

    private ReachingRoutes() {}

    /// Goes through all methods of the program, as they were compiled: their instructions say which texts they name.
    static void methods(BiConsumer<ClassModel, MethodModel> with) throws IOException {
        try (Stream<java.nio.file.Path> files = Files.walk(java.nio.file.Path.of("target/classes/dev/banyan"))) {
            for (java.nio.file.Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                ClassModel type = ClassFile.of().parse(file);
                type.methods().forEach(method -> with.accept(type, method));
            }
        }
    }

    static Stream<CodeElement> code(MethodModel method) {
        return method.code().stream().flatMap(code -> code.elementStream());
    }

    /// Returns the texts that a method names.
    static Set<String> texts(MethodModel method) {
        return code(method)
                .flatMap(element -> element instanceof ConstantInstruction constant
                                && constant.constantValue() instanceof String text
                        ? Stream.of(text)
                        : Stream.empty())
                .collect(Collectors.toSet());
    }

    /// Returns the routes from which a method is reached, or the one that has it as its lambda.
    static Set<String> of(ClassModel type, MethodModel method) {
        String name = method.methodName().stringValue();
        boolean isLambda = name.startsWith("lambda$");
        String outer = isLambda ? name.substring("lambda$".length(), name.lastIndexOf('$')) : name;
        String known = outer.equals("new") ? "<init>" : outer;
        return CLASSES.get(type.thisClass().asInternalName().replace('/', '.')).getCodeUnits().stream()
                .filter(unit -> unit.getName().equals(known))
                .filter(unit -> isLambda
                        || unit.getDescriptor().equals(method.methodType().stringValue()))
                .flatMap(ReachingRoutes::of)
                .collect(Collectors.toSet());
    }

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
