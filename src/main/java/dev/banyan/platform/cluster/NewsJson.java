package dev.banyan.platform.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/// Writes and reads news: only the components of the records, independent of the JSON of our API. Fields that a newer
/// server has added are ignored.
final class NewsJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private NewsJson() {}

    static String write(Object news) {
        try {
            return JSON.writeValueAsString(news);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("News can't be written: " + news.getClass(), failure);
        }
    }

    /// @throws IllegalArgumentException if this server does not know such news
    static <N> N read(Class<N> type, String body) {
        try {
            return JSON.readValue(body, type);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(type.getName(), failure);
        }
    }
}
