// Imported first by every command, for its effect: an old Node gets one clear sentence instead of a syntax error.
const OLDEST = [20, 9];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(`Cairn needs Node.js ${OLDEST.join('.')} or newer; this is ${process.versions.node}.`);
  console.error('fix: install a current Node.js (https://nodejs.org) and run the command again');
  process.exit(1);
}
