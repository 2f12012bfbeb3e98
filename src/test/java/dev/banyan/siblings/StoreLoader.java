package dev.banyan.siblings;

import module java.base;

/// Loads Banyan and its tests once more, with stores woven by [StoreWeaver]. Classes of this package and of libraries
/// are shared.
final class StoreLoader extends ClassLoader {

    private static final String OURS = "dev.banyan.";
    private static final String HERE = StoreLoader.class.getPackageName() + ".";

    StoreLoader() {
        super(StoreLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) || name.startsWith(HERE)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : defined(name);
        }
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
        try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] compiled = file.readAllBytes();
            byte[] bytes = name.endsWith("Store") ? StoreWeaver.woven(compiled, getParent()) : compiled;
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static {
        registerAsParallelCapable();
    }
}
