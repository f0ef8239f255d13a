// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

/// The part `spec` of a merge patch that takes back from `servers` (the StatefulSet as it is) what somebody set by hand
/// other than in `manifest` and Enable may take back: the number of pods and the containers' images. All else stays as
/// it is. Empty: nothing is to be taken back. Pure.
QJsonObject undoingChangesByHand(const QJsonObject &servers, const QJsonObject &manifest);
