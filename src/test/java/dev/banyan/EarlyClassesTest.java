package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import org.junit.jupiter.api.Test;

/// Finds the classes whose static initializer reads a file of the program.
class EarlyClassesTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Set<String> READING =
            Set.of("bytes", "text", "properties", "getResource", "getResourceAsStream");

    @Test
    void whatReadsFilesWhileItIsMadeIsMadeAtTheStart() throws IOException {
        List<String> reading;
        try (var files = Files.walk(CLASSES.resolve("dev/banyan"))) {
            reading = files.filter(file -> file.toString().endsWith(".class"))
                    .map(EarlyClassesTest::parsed)
                    .filter(EarlyClassesTest::readsWhileItIsMade)
                    .map(one -> one.thisClass().asInternalName().replace('/', '.'))
                    .sorted()
                    .toList();
        }
        assertThat(EarlyClasses.NAMES)
                .as("classes whose static initializer reads a packed file")
                .isEqualTo(reading);
        EarlyClasses.make();
    }

    private static ClassModel parsed(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean readsWhileItIsMade(ClassModel made) {
        var todo = new ArrayDeque<>(List.of("<clinit>()V"));
        var seen = new HashSet<String>();
        while (!todo.isEmpty()) {
            String next = todo.remove();
            for (InvokeInstruction call : seen.add(next) ? calls(made, next) : List.<InvokeInstruction>of()) {
                String owner = call.owner().asInternalName();
                if (READING.contains(call.name().stringValue())
                        && (owner.endsWith("/PackedFile") || owner.equals("java/lang/Class"))) {
                    return true;
                }
                if (owner.equals(made.thisClass().asInternalName())) {
                    todo.add(call.name().stringValue() + call.type().stringValue());
                }
            }
        }
        return false;
    }

    private static List<InvokeInstruction> calls(ClassModel made, String method) {
        return made.methods().stream()
                .filter(one ->
                        (one.methodName().stringValue() + one.methodType().stringValue()).equals(method))
                .map(MethodModel::code)
                .flatMap(Optional::stream)
                .flatMap(code -> code.elementStream())
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast)
                .toList();
    }
}
