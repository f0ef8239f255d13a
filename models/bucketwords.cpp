// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bucketwords.h"

#include <QCoreApplication>

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(BucketWords)
};

bool isKeyValue(const Bucket &bucket)
{
    return bucket.kind == Bucket::Kind::KeyValue;
}

} // namespace

QString BucketWords::tag(const Bucket &bucket)
{
    return isKeyValue(bucket) ? Words::tr("KV bucket") : Words::tr("Object store");
}

QString BucketWords::title(const Bucket &bucket)
{
    return QStringLiteral("%1 %2").arg(tag(bucket), bucket.name);
}

QString BucketWords::meaning(const Bucket &bucket)
{
    return isKeyValue(bucket)
        ? Words::tr("The key-value bucket %1 lives on this stream: each message is a value of a key.").arg(bucket.name)
        : Words::tr("The object store %1 lives on this stream: its messages are pieces of objects.").arg(bucket.name);
}

QString BucketWords::beforeChange(const Bucket &bucket)
{
    return isKeyValue(bucket)
        ? Words::tr("Its clients rely on the subjects $KV.%1.>, on max messages per subject (the history of a key), on "
                    "roll-ups, on discard new and on direct get. Change limits and copies, and leave these alone.")
              .arg(bucket.name)
        : Words::tr("Its clients rely on the subjects $O.%1.C.> and $O.%1.M.>, on roll-ups, on discard new and on "
                    "direct get. Change limits and copies, and leave these alone.")
              .arg(bucket.name);
}

QString BucketWords::beforePurge(const Bucket &bucket)
{
    return isKeyValue(bucket)
        ? Words::tr("This is the key-value bucket %1: keys whose messages go are gone for its clients.")
              .arg(bucket.name)
        : Words::tr("This is the object store %1: an object of which a single message goes can't be read any more.")
              .arg(bucket.name);
}

QString BucketWords::beforeDeletion(const Bucket &bucket)
{
    return isKeyValue(bucket)
        ? Words::tr("The key-value bucket %1 with all its keys and their history").arg(bucket.name)
        : Words::tr("The object store %1 with all its objects").arg(bucket.name);
}
