package dev.banyan.platform.files;

import module java.base;

/// The content of a file, wherever it is. Each call opens it from its beginning.
public interface StoredFile {

    /// In bytes.
    long size();

    InputStream open();

    /// Opens a part of it, which must be within the file.
    ///
    /// @param first counts from 0
    InputStream open(long first, long length);

    /// Returns where it is if it is on this machine, for what is done faster without a stream.
    default Optional<Path> local() {
        return Optional.empty();
    }

    /// Returns the whole content. For files that are small, or needed in memory anyway.
    default byte[] bytes() {
        try (InputStream content = open()) {
            return content.readAllBytes();
        } catch (IOException failure) {
            throw new FilesUnavailable(failure);
        }
    }

    /// Returns a file of this machine, which may be gone when it is opened.
    static StoredFile of(Path file) {
        return new LocalFile(file);
    }

    static StoredFile of(byte[] bytes) {
        return new StoredFile() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public InputStream open(long first, long length) {
                return new ByteArrayInputStream(bytes, (int) first, (int) length);
            }
        };
    }

    /// A file of this machine.
    record LocalFile(Path file) implements StoredFile {

        @Override
        public long size() {
            try {
                return Files.size(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public InputStream open() {
            try {
                return Files.newInputStream(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public InputStream open(long first, long length) {
            InputStream content = open();
            try {
                content.skipNBytes(first);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return new FirstBytes(content, length);
        }

        @Override
        public Optional<Path> local() {
            return Optional.of(file);
        }

        @Override
        public byte[] bytes() {
            try {
                return Files.readAllBytes(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
