// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/bucket.h"

/// What people are told of a stream on which a bucket lives.
namespace BucketWords {

/// "KV bucket"
QString tag(const Bucket &bucket);
/// "KV bucket device-state"
QString title(const Bucket &bucket);
/// What it is, in a sentence.
QString meaning(const Bucket &bucket);
/// What its clients rely on, for whoever is about to change it.
QString beforeChange(const Bucket &bucket);
/// What its clients lose by a purge, and by a deletion.
QString beforePurge(const Bucket &bucket);
QString beforeDeletion(const Bucket &bucket);

} // namespace BucketWords
