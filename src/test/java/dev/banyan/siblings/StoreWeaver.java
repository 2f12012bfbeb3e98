package dev.banyan.siblings;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;

import module java.base;
import org.jooq.Condition;
import org.jooq.Field;

/// Modifies the compiled class of a store: its methods report calls to [Siblings] before they run, and its conditions
/// are created by [OwnerConditions]. The rest is unchanged.
final class StoreWeaver {

    private static final ClassDesc CONDITION = ClassDesc.of(Condition.class.getName());
    private static final ClassDesc FIELD = ClassDesc.of(Field.class.getName());
    private static final Set<String> FIELDS = Set.of("org/jooq/Field", "org/jooq/TableField");
    private static final ClassDesc CONDITIONS = ClassDesc.of(OwnerConditions.class.getName());
    private static final ClassDesc SIBLINGS = ClassDesc.of(Siblings.class.getName());
    private static final MethodTypeDesc ASKED = MethodTypeDesc.of(CD_void, CD_Object, CD_String, CD_Object.arrayType());

    private static final Set<String> KNOWN =
            Set.of("eq(Object)", "eq(Field)", "eq(Select)", "in(Collection)", "in(Object[])", "in(Select)");

    private StoreWeaver() {}

    static byte[] woven(byte[] store, ClassLoader loader) {
        ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
        ClassModel model = files.parse(store);
        String name = model.thisClass().asSymbol().displayName();
        var lines = new HashMap<String, Integer>();
        return files.transformClass(model, (classes, element) -> {
            if (element instanceof MethodModel method && method.code().isPresent()) {
                classes.transformMethod(method, (methods, part) -> {
                    if (part instanceof CodeModel code) {
                        methods.transformCode(code, conditions(name, lines).andThen(question(method)));
                    } else {
                        methods.with(part);
                    }
                });
            } else {
                classes.with(element);
            }
        });
    }

    private static CodeTransform question(MethodModel method) {
        AccessFlags flags = method.flags();
        boolean asked = !flags.has(AccessFlag.PRIVATE)
                && !flags.has(AccessFlag.PROTECTED) // called by stores that extend it, which are asked themselves
                && !flags.has(AccessFlag.STATIC)
                && !flags.has(AccessFlag.SYNTHETIC)
                && !method.methodName().equalsString("<init>");
        return new CodeTransform() {
            @Override
            public void atStart(CodeBuilder code) {
                if (asked) {
                    tell(code, method);
                }
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                code.with(element);
            }
        };
    }

    /// `Siblings.asked(this, "find(…)…", new Object[] {…})`
    private static void tell(CodeBuilder code, MethodModel method) {
        List<ClassDesc> parameters = method.methodTypeSymbol().parameterList();
        code.aload(0);
        code.ldc(method.methodName().stringValue() + method.methodType().stringValue());
        code.loadConstant(parameters.size());
        code.anewarray(CD_Object);
        for (int i = 0; i < parameters.size(); i++) {
            ClassDesc type = parameters.get(i);
            TypeKind kind = TypeKind.from(type);
            code.dup();
            code.loadConstant(i);
            code.loadLocal(kind, code.parameterSlot(i));
            if (type.isPrimitive()) {
                ClassDesc box = ClassDesc.of("java.lang." + boxOf(kind));
                code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, type));
            }
            code.aastore();
        }
        code.invokestatic(SIBLINGS, "asked", ASKED);
    }

    private static String boxOf(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> "Boolean";
            case BYTE -> "Byte";
            case CHAR -> "Character";
            case SHORT -> "Short";
            case INT -> "Integer";
            case LONG -> "Long";
            case FLOAT -> "Float";
            case DOUBLE -> "Double";
            case REFERENCE, VOID -> throw new IllegalArgumentException(kind.name());
        };
    }

    private static CodeTransform conditions(String store, Map<String, Integer> lines) {
        return new CodeTransform() {
            private int line;

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                if (element instanceof LineNumber number) {
                    line = number.line();
                }
                if (element instanceof InvokeInstruction call && isCondition(call)) {
                    int count = lines.merge(store + ":" + line, 1, Integer::sum);
                    code.ldc(store + ":" + line + (count == 1 ? "" : "#" + count));
                    var parameters = new ArrayList<ClassDesc>();
                    parameters.add(FIELD);
                    parameters.addAll(call.typeSymbol().parameterList());
                    parameters.add(CD_String);
                    code.invokestatic(CONDITIONS, call.name().stringValue(), MethodTypeDesc.of(CONDITION, parameters));
                } else {
                    code.with(element);
                }
            }
        };
    }

    private static boolean isCondition(InvokeInstruction call) {
        return call.opcode() == Opcode.INVOKEINTERFACE
                && FIELDS.contains(call.owner().asInternalName())
                && call.typeSymbol().parameterCount() == 1
                && KNOWN.contains(call.name().stringValue() + "("
                        + call.typeSymbol().parameterType(0).displayName() + ")");
    }
}
