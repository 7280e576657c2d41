package io.physiowave.streaming.types;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Type information of a record with its own serialiser.
 *
 * <pre>{@code
 * TypeInformation<TopicRecord> type =
 *     new RecordType<>(TopicRecord.class, TopicRecordSerializer.INSTANCE);
 * }</pre>
 */
public final class RecordType<T> extends TypeInformation<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> recordClass;
  private final TypeSerializer<T> serializer;

  public RecordType(Class<T> recordClass, TypeSerializer<T> serializer) {
    this.recordClass = recordClass;
    this.serializer = serializer;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return recordClass;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer.duplicate();
  }

  @Override
  public String toString() {
    return recordClass.getSimpleName();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordType<?> that
        && recordClass.equals(that.recordClass)
        && serializer.equals(that.serializer);
  }

  @Override
  public int hashCode() {
    return recordClass.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof RecordType;
  }
}
