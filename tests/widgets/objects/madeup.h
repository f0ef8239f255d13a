// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/consumer.h"

// Rows for the gallery: well ones, ailing ones, and such as strain the layout.

QList<Stream> madeUpStreams(const QDateTime &now);
QList<Consumer> madeUpConsumers(const QDateTime &now);
