// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/logging.h"

Q_LOGGING_CATEGORY(lcKubernetes, "pennant.kubernetes", QtWarningMsg)
Q_LOGGING_CATEGORY(lcNats, "pennant.nats", QtWarningMsg)
Q_LOGGING_CATEGORY(lcMessaging, "pennant.messaging", QtWarningMsg)
Q_LOGGING_CATEGORY(lcApp, "pennant.app", QtWarningMsg)
