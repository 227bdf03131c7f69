using ExtendDb.Ef.Model;
using FluentAssertions;

namespace ExtendDb.Ef.PostgresTests.Streams;

/// <summary>Checks that records are the history of an item, without a gap and without a double.</summary>
internal static class History
{
    /// <summary>Asserts that each record begins where the one before has ended, with what its stream shows.</summary>
    public static void DemandComplete(IReadOnlyList<StreamRecord> records, StreamViewType viewType)
    {
        AttributeMap? now = null;
        var exists = false;
        foreach (var record in records)
        {
            (record.EventName == StreamEventName.INSERT).Should().Be(!exists);
            var (hasOld, hasNew) = (viewType is StreamViewType.OLD_IMAGE or StreamViewType.NEW_AND_OLD_IMAGES,
                viewType is StreamViewType.NEW_IMAGE or StreamViewType.NEW_AND_OLD_IMAGES);
            (record.OldImage is not null).Should().Be(hasOld && exists);
            exists = record.EventName != StreamEventName.REMOVE;
            (record.NewImage is not null).Should().Be(hasNew && exists);
            if (hasOld && hasNew)
            {
                Equals(record.OldImage, now).Should().BeTrue();
                Equals(record.NewImage, record.OldImage).Should().BeFalse();
            }

            now = record.NewImage;
        }
    }
}
