// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/streammessage.h"

#include <memory>

class JetStreamApi;

/// So many bytes end a page before it has as many messages as were asked for.
constexpr qsizetype mostBytesOfPage = 8 * 1024 * 1024;

/// Reads the messages of `stream` that `query` asks for, a few at a time, whatever lies between them. Servers tell what
/// comes next on a subject, and not what came before: the way back is found in spans that grow where little is found in
/// them. Where a time begins is asked for, and looked for between the sequences where the server is too old to tell.
Flow<MessagePage> readMessages(std::shared_ptr<JetStreamApi> api, QString stream, MessageQuery query);
