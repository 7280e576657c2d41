package io.physiowave.training.dataset;

import io.jhdf.ObjectHeader.ObjectHeaderV2;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.GroupInfoMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The bytes that make a file HDF5, put together from jhdf's building blocks. jhdf itself writes a
 * data set only from one complete array in memory; here the samples are in the file already, and
 * only the headers that point at them are made.
 */
final class HdfStructure {
  /** Bytes at the start of the file that the superblock may take. */
  static final int SUPERBLOCK_BYTES = 64;

  private HdfStructure() {}

  /**
   * Header of a data set whose values lie in one piece.
   *
   * @param elements an array of the element type, of any length above 0
   * @param shape sizes of the axes
   * @param address first byte of the values
   */
  static ByteBuffer dataset(Object elements, long[] shape, long address) {
    DataType type = DataType.fromObject(elements);
    DataSpace space = DataSpace.modifyDimensions(DataSpace.fromObject(axes(shape.length)), shape);
    long bytes = type.getSize();
    for (long axis : shape) {
      bytes = Math.multiplyExact(bytes, axis);
    }
    return header(
        List.of(
            DataTypeMessage.create(type),
            DataSpaceMessage.create(space),
            FillValueMessage.NO_FILL,
            ContiguousDataLayoutMessage.create(address, bytes)));
  }

  /**
   * Header of the root group.
   *
   * @param children address of each data set's header by its name
   */
  static ByteBuffer rootGroup(Map<String, Long> children) {
    List<Message> messages = new ArrayList<>();
    messages.add(GroupInfoMessage.createBasic());
    messages.add(LinkInfoMessage.createBasic());
    children.forEach((name, address) -> messages.add(LinkMessage.create(name, address)));
    return header(messages);
  }

  /**
   * The first bytes of the file.
   *
   * @param rootGroup address of the root group's header
   * @param fileBytes length of the file
   */
  static ByteBuffer superblock(long rootGroup, long fileBytes) {
    return new SuperblockV2V3(0, rootGroup).toBuffer(fileBytes);
  }

  private static ByteBuffer header(List<Message> messages) {
    return new ObjectHeaderV2(0, messages).toBuffer();
  }

  private static Object axes(int count) {
    return switch (count) {
      case 1 -> new float[1];
      case 2 -> new float[1][1];
      case 3 -> new float[1][1][1];
      default -> throw new IllegalArgumentException(count + " axes; expected 1 to 3");
    };
  }
}
