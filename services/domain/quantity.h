// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/bytecount.h"

#include <QString>

#include <optional>

/// The bytes that a Quantity of the Kubernetes API says, rounded up: "1Ti", "1.5Gi", "500M", "12e6", "1000m". One
/// amount has many spellings, and the API server stores its own ("1024Gi" as "1Ti"), so that text is not to be
/// compared. Nothing where it is none, below zero, or more than a ByteCount holds.
/// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
std::optional<ByteCount> bytesOfQuantity(const QString &quantity);
