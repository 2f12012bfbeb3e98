package dev.banyan.themes;

import module java.base;

/// A picture or video that we serve.
///
/// @param source its original address; ours if it was uploaded
/// @param path of its file below `files/`
/// @param width 0 for a video
record Image(String id, String source, String type, long size, int width, int height, String path, Instant createdAt) {}
