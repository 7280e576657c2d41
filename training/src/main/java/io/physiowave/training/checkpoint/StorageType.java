package io.physiowave.training.checkpoint;

import java.nio.ByteBuffer;

/** The number formats of torch's storages, by the class that a pickle names. */
enum StorageType {
  FLOAT("FloatStorage", 4) {
    @Override
    float read(ByteBuffer bytes, int index) {
      return bytes.getFloat(index);
    }
  },
  DOUBLE("DoubleStorage", 8) {
    @Override
    float read(ByteBuffer bytes, int index) {
      return (float) bytes.getDouble(index);
    }
  },
  HALF("HalfStorage", 2) {
    @Override
    float read(ByteBuffer bytes, int index) {
      return HalfFloat.toFloat(bytes.getShort(index));
    }
  },
  BFLOAT16("BFloat16Storage", 2) {
    @Override
    float read(ByteBuffer bytes, int index) {
      return Float.intBitsToFloat(bytes.getShort(index) << 16);
    }
  },
  LONG("LongStorage", 8) {
    @Override
    float read(ByteBuffer bytes, int index) {
      return (float) bytes.getLong(index);
    }
  },
  INT("IntStorage", 4) {
    @Override
    float read(ByteBuffer bytes, int index) {
      return (float) bytes.getInt(index);
    }
  },
  SHORT("ShortStorage", 2) {
    @Override
    float read(ByteBuffer bytes, int index) {
      return bytes.getShort(index);
    }
  },
  SIGNED_BYTE("CharStorage", 1) {
    @Override
    float read(ByteBuffer bytes, int index) {
      return bytes.get(index);
    }
  },
  UNSIGNED_BYTE("ByteStorage", 1) {
    @Override
    float read(ByteBuffer bytes, int index) {
      return bytes.get(index) & 0xff;
    }
  },
  BOOLEAN("BoolStorage", 1) {
    @Override
    float read(ByteBuffer bytes, int index) {
      return bytes.get(index) == 0 ? 0 : 1;
    }
  };

  private final String className;
  private final int size;

  StorageType(String className, int size) {
    this.className = className;
    this.size = size;
  }

  /** Bytes per value. */
  int size() {
    return size;
  }

  /** The value at a byte position, rounded to float32. */
  abstract float read(ByteBuffer bytes, int index);

  static StorageType named(GlobalName type) {
    for (StorageType candidate : values()) {
      if (candidate.className.equals(type.name())) {
        return candidate;
      }
    }
    throw new PickleException("storage of type " + type + " is not of real numbers known here");
  }
}
